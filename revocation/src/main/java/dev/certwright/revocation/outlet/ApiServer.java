package dev.certwright.revocation.outlet;

import java.util.ArrayList;
import java.util.List;

/**
 * An API server that can be asked, through kubectl, which authorization file it has loaded.
 *
 * @param name for messages, such as the node's
 * @param kubeconfig of someone who may get {@code /metrics}; empty for kubectl's own
 * @param server URL of this one API server; empty for the kubeconfig's. Behind a load balancer each
 *     has to be named by its own address
 * @param context of the kubeconfig; empty for the current one
 */
public record ApiServer(String name, String kubeconfig, String server, String context) {
  private static final String METRIC =
      "apiserver_authorization_config_controller_last_config_info{";

  /**
   * What it said.
   *
   * @param hash {@code sha256:}… of the loaded file; empty if not known
   * @param problem why it is not known; empty if it is
   */
  public record Answer(String hash, String problem) {}

  /** Asks it. */
  public Answer ask() {
    List<String> command = new ArrayList<>(List.of("kubectl", "get", "--raw", "/metrics"));
    command.add("--request-timeout=10s");
    option(command, "--kubeconfig=", kubeconfig);
    option(command, "--server=", server);
    option(command, "--context=", context);
    Program.Result result = Program.run(command, new byte[0]);
    if (!result.problem().isEmpty()) {
      return new Answer("", result.problem());
    }
    String hash = loadedHash(result.output());
    return hash.isEmpty()
        ? new Answer(
            "", "it has loaded no authorization file (started without --authorization-config?)")
        : new Answer(hash, "");
  }

  private static void option(List<String> command, String option, String value) {
    if (!value.isEmpty()) {
      command.add(option + value);
    }
  }

  /** The label {@code hash} of the metric with value 1; empty if there is none. */
  static String loadedHash(String metrics) {
    for (String line : metrics.split("\n", -1)) {
      int hash = line.indexOf("hash=\"sha256:", METRIC.length() - 1);
      // Not the label apiserver_id_hash, which ends alike.
      while (hash > 0 && line.charAt(hash - 1) != '{' && line.charAt(hash - 1) != ',') {
        hash = line.indexOf("hash=\"sha256:", hash + 1);
      }
      if (line.startsWith(METRIC) && line.endsWith("} 1") && hash > 0) {
        int start = hash + "hash=\"".length();
        return line.substring(start, line.indexOf('"', start));
      }
    }
    return "";
  }
}
