package dev.certwright.revocation.outlet;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.RefusalText;
import dev.certwright.revocation.authorization.Refusals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API server that can be asked, through kubectl, for its metrics, and shown a certificate. What
 * that says about its authorization file: {@link InForce}.
 *
 * @param name for messages, such as the node's
 * @param kubeconfig of someone who may get {@code /metrics}; empty for kubectl's own
 * @param server URL of this one API server; empty for the kubeconfig's. Behind a load balancer each
 *     has to be named by its own address
 * @param context of the kubeconfig; empty for the current one
 */
public record ApiServer(String name, String kubeconfig, String server, String context) {

  /**
   * What it tells of itself.
   *
   * @param text the Prometheus text format; empty if there is a problem
   * @param problem why it tells nothing; empty if it does
   */
  public record Metrics(String text, String problem) {

    /** The value of a metric without labels, or with any; NaN if it is not there. */
    public double value(String name) {
      return MetricsText.value(text, name, "");
    }

    /** The value of the only label of a metric; null if it is not there. */
    @Nullable String label(String name, String label) {
      return MetricsText.label(text, name, label);
    }

    /** {@code sha256:}… of the loaded authorization file; empty if it is not told. */
    String loadedHash() {
      return MetricsText.loadedHash(text);
    }

    /** When it read its authorization file anew; null if it never did, or does not tell. */
    @Nullable Instant reloaded() {
      return time(MetricsText.value(text, MetricsText.RELOADED, "success"));
    }

    /**
     * When it came to have what it has loaded: read anew, or at its start if that was later; null
     * if it does not tell.
     */
    @Nullable Instant loaded() {
      Instant reloaded = reloaded();
      Instant started = time(MetricsText.value(text, MetricsText.STARTED, ""));
      return reloaded == null || started != null && started.isAfter(reloaded) ? started : reloaded;
    }

    /** When it last refused a file; null if it never did, or does not tell. */
    @Nullable Instant refused() {
      return time(MetricsText.value(text, MetricsText.RELOADED, "failure"));
    }

    /**
     * When it was started, with the file that was there then; null if it does not tell, or does not
     * say that our authorizers are among its own: it may have been started without the file.
     */
    @Nullable Instant started() {
      return text.contains("name=\"" + Refusals.CERTIFICATES + "\"")
          ? time(MetricsText.value(text, MetricsText.STARTED, ""))
          : null;
    }

    private static @Nullable Instant time(double seconds) {
      return seconds > 0 && seconds < 1e11
          ? Instant.ofEpochMilli(Math.round(seconds * 1_000))
          : null;
    }
  }

  /** What a server made of a certificate that it must refuse. */
  public enum Presented {
    /** It refused it, with our words. */
    REFUSED,
    /** It let it in, or refused it for another reason. */
    NOT_REFUSED,
    /** It does not know the certificate: another CA. */
    UNKNOWN,
    /** It could not be reached. */
    UNREACHABLE
  }

  /**
   * What came of presenting a certificate.
   *
   * @param presented the outcome
   * @param detail what kubectl said; empty if it was let in
   */
  public record Presentation(Presented presented, String detail) {}

  /** Asks for all metrics. */
  public Metrics metrics() {
    Program.Result result = Program.run(kubectl("get", "--raw", "/metrics"), new byte[0]);
    return new Metrics(result.output(), result.problem());
  }

  /**
   * Shows it a certificate, with the request that every authenticated user may make.
   *
   * @param credential kubeconfig with one user, the certificate and its key
   * @param user the user's name in that file
   */
  public Presentation present(Path credential, String user, Map<String, String> environment) {
    String own = kubeconfig.isEmpty() ? defaultKubeconfig(environment) : kubeconfig;
    List<String> command = new ArrayList<>(List.of("kubectl", "get", "--raw", "/version"));
    command.add("--request-timeout=10s");
    command.add("--user=" + user);
    option(command, "--server=", server);
    option(command, "--context=", context);
    // Merged by kubectl itself, so that nobody else's credentials are copied.
    Program.Result result =
        Program.run(
            command,
            new byte[0],
            Map.of("KUBECONFIG", credential + java.io.File.pathSeparator + own),
            null);
    String said = result.problem() + result.output();
    for (EntryType type : List.of(EntryType.REVOKED, EntryType.SUSPENDED)) {
      if (said.contains(RefusalText.of(Target.Kind.CREDENTIAL, type))) {
        return new Presentation(Presented.REFUSED, said);
      }
    }
    if (result.problem().isEmpty() || said.contains("(Forbidden)")) {
      return new Presentation(Presented.NOT_REFUSED, "");
    }
    boolean unauthorized = said.contains("Unauthorized") || said.contains("must be logged in");
    return new Presentation(
        unauthorized ? Presented.UNKNOWN : Presented.UNREACHABLE, result.problem());
  }

  private static String defaultKubeconfig(Map<String, String> environment) {
    String named = environment.getOrDefault("KUBECONFIG", "");
    return named.isEmpty() ? environment.getOrDefault("HOME", "") + "/.kube/config" : named;
  }

  private List<String> kubectl(String... words) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(words));
    command.add("--request-timeout=10s");
    option(command, "--kubeconfig=", kubeconfig);
    option(command, "--server=", server);
    option(command, "--context=", context);
    return command;
  }

  private static void option(List<String> command, String option, String value) {
    if (!value.isEmpty()) {
      command.add(option + value);
    }
  }
}
