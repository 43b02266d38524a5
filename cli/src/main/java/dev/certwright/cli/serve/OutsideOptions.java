package dev.certwright.cli.serve;

import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cluster.ApiServer;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.server.AuditWebhookSettings;
import dev.certwright.x509.SafeText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Other servers that the server talks to, each named by a kubeconfig. */
public final class OutsideOptions {
  private static final int EVENTS = 10_000;
  private static final int EVENTS_AT_ONCE = 400;

  /** In the order of help. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value(
              "kubeconfig",
              "FILE",
              "take the policy from this cluster and follow its changes, in the place of manifests;"
                  + " needs list and watch of RBAC objects"),
          OptionSpec.value("context", "NAME", "of that kubeconfig (default: its current one)"),
          OptionSpec.value(
              "audit-webhook-config-file",
              "FILE",
              "a kubeconfig that names the server to which audit events are posted"),
          OptionSpec.value(
              "audit-webhook-batch-buffer-size",
              "COUNT",
              "events that wait at most; further ones are lost (default: 10000)"),
          OptionSpec.value(
              "audit-webhook-batch-max-size", "COUNT", "events in one post (default: 400)"),
          OptionSpec.value(
              "audit-webhook-batch-max-wait",
              "DURATION",
              "after which fewer are posted, such as 5s (default: 30s)"),
          OptionSpec.value(
              "audit-webhook-initial-backoff",
              "DURATION",
              "before a post is tried again (default: 10s)"));

  private OutsideOptions() {}

  /**
   * The cluster whose policy counts; null if manifests do. It is looked for once, so that what is
   * wrong with the file is said at the start.
   */
  static @Nullable Supplier<ApiServer> cluster(CommandLine line, Console console) {
    String file = line.value("kubeconfig");
    if (file == null) {
      if (line.has("context")) {
        throw new UsageException("--context is about a kubeconfig", "name it with --kubeconfig");
      }
      return null;
    }
    for (String option :
        List.of("filename", "with-defaults", "kubernetes-version", "lenient", "replace")) {
      if (line.has(option)) {
        throw new UsageException(
            "--" + option + " is about manifests, and the policy comes from a cluster",
            "leave it out, or --kubeconfig");
      }
    }
    if (line.values("role").contains("sandbox")) {
      throw new UsageException(
          "the role sandbox serves the objects of manifests, and the policy comes from a cluster",
          "leave out --kubeconfig, or the role");
    }
    return found(file, line.value("context"), console);
  }

  /** Where audit events are posted; null for nowhere. */
  static @Nullable AuditWebhookSettings auditWebhook(CommandLine line, Console console) {
    String file = line.value("audit-webhook-config-file");
    if (file == null) {
      return null;
    }
    return new AuditWebhookSettings(
        found(file, null, console),
        positive(line, "audit-webhook-batch-buffer-size", EVENTS),
        positive(line, "audit-webhook-batch-max-size", EVENTS_AT_ONCE),
        duration(line, "audit-webhook-batch-max-wait", "30s"),
        duration(line, "audit-webhook-initial-backoff", "10s"));
  }

  private static Supplier<ApiServer> found(String file, @Nullable String context, Console console) {
    Map<String, String> environment = console.environment();
    Supplier<ApiServer> server =
        () ->
            ApiServer.of(
                EffectiveContext.of(
                    KubeconfigFiles.explicit(Path.of(file)).load().config(), context),
                environment);
    ApiServer unused = server.get();
    return server;
  }

  private static int positive(CommandLine line, String option, int otherwise) {
    int count = ServeOptions.count(line, option, otherwise);
    if (count == 0) {
      throw new UsageException("--" + option + " is 0", "give a number of at least 1");
    }
    return count;
  }

  private static Duration duration(CommandLine line, String option, String otherwise) {
    String text = line.value(option, otherwise);
    int digits = 0;
    while (digits < text.length() && digits < 9 && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    Duration unit =
        switch (text.substring(digits)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default -> Duration.ZERO;
        };
    Duration duration =
        digits == 0
            ? Duration.ZERO
            : unit.multipliedBy(Integer.parseInt(text.substring(0, digits)));
    if (duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new UsageException(
          "--" + option + " is \"" + SafeText.of(text) + "\"",
          "give a time up to a day, such as 500ms, 30s or 5m");
    }
    return duration;
  }
}
