package dev.certwright.conformance.differential;

import dev.certwright.x509.chain.ChainDifferential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** All modes there are. */
final class Modes {
  /** Those whose random questions lie with the module rbac. */
  static final Set<String> OF_RBAC =
      Set.of("decide", "rules", "requestinfo", "aggregate", "validate");

  /** The one whose random questions lie with the module x509. */
  static final String X509 = "x509";

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
    throw new IllegalArgumentException("no such mode: " + name);
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
