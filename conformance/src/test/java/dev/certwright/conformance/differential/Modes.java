package dev.certwright.conformance.differential;

import static java.util.Map.entry;

import dev.certwright.x509.chain.ChainDifferential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All modes there are. */
final class Modes {
  /** Those whose random questions lie with the module rbac. */
  static final Set<String> OF_RBAC =
      Set.of("decide", "rules", "requestinfo", "aggregate", "validate");

  /** The one whose random questions lie with the module x509. */
  static final String X509 = "x509";

  /** How many cases each run of the tests asks, with the one seed that it has. */
  static final Map<String, Long> OF_EACH_RUN =
      new TreeMap<>(
          Map.ofEntries(
              entry("aggregate", 200L),
              entry("authentication-config", 4_000L),
              entry("authorization-config", 4_000L),
              entry("basic", 2_000L),
              entry("bearer", 2_000L),
              entry("claims", 5_000L),
              entry("covers", 2_000L),
              entry("csr-sign", 1_000L),
              entry("decide", 20_000L),
              entry("impersonate", 1_000L),
              entry("kubeconfig", 2_000L),
              entry("request-header", 2_000L),
              entry("requestinfo", 20_000L),
              entry("rules", 5_000L),
              entry("tokenfile", 2_000L),
              entry("validate", 5_000L),
              entry(X509, 5_000L),
              entry("yaml", 10_000L)));

  private Modes() {}

  /** Those whose questions are made here. */
  static List<Mode> all() {
    return List.of(
        new AuthenticationConfigMode(),
        new AuthorizationConfigMode(),
        new BasicMode(),
        new BearerMode(),
        new ClaimsMode(),
        new CoversMode(),
        new CsrSignMode(),
        new ImpersonateMode(),
        new KubeconfigMode(),
        new RequestHeaderMode(),
        new TokenFileMode(),
        new YamlMode());
  }

  static Mode named(String name) {
    for (Mode mode : all()) {
      if (mode.name().equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "expected one of " + all().stream().map(Mode::name).toList() + ", found '" + name + "'");
  }

  static Differential.Result runOfRbac(String oracle, String mode, long cases, long seed) {
    dev.certwright.rbac.generator.Differential.Result result =
        dev.certwright.rbac.generator.Differential.run(oracle, mode, cases, seed);
    return new Differential.Result(result.agreed(), result.report());
  }

  static Differential.Result runOfX509(String oracle, long cases, long seed)
      throws IOException, InterruptedException {
    boolean agreed = ChainDifferential.run(Path.of(oracle), Math.toIntExact(cases), seed, false);
    return new Differential.Result(agreed, "x509: " + cases + " cases, seed " + seed);
  }
}
