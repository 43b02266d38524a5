package dev.certwright.revocation.outlet;

import org.jspecify.annotations.Nullable;

/**
 * Reads single values out of the Prometheus text format, as a server sends it. Lines that are not
 * in that form are passed over.
 */
final class MetricsText {
  static final String RELOADED =
      "apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds";
  static final String STARTED = "process_start_time_seconds";
  private static final String LOADED =
      "apiserver_authorization_config_controller_last_config_info{";

  private MetricsText() {}

  /** The label {@code hash} of the loaded file's metric with value 1; empty if there is none. */
  static String loadedHash(String metrics) {
    for (int at = 0; at < metrics.length(); ) {
      int end = metrics.indexOf('\n', at);
      end = end < 0 ? metrics.length() : end;
      if (metrics.startsWith(LOADED, at)) {
        String line = metrics.substring(at, end);
        int hash = line.indexOf("hash=\"sha256:", LOADED.length() - 1);
        // Not the label apiserver_id_hash, which ends alike.
        while (hash > 0 && line.charAt(hash - 1) != '{' && line.charAt(hash - 1) != ',') {
          hash = line.indexOf("hash=\"sha256:", hash + 1);
        }
        if (line.endsWith("} 1") && hash > 0) {
          int start = hash + "hash=\"".length();
          int quote = line.indexOf('"', start);
          return quote < 0 ? "" : line.substring(start, quote);
        }
      }
      at = end + 1;
    }
    return "";
  }

  /** The value of the only label of a metric; null if it is not there. */
  static @Nullable String label(String metrics, String name, String label) {
    String begin = name + "{" + label + "=\"";
    int at = metrics.startsWith(begin) ? 0 : metrics.indexOf("\n" + begin) + 1;
    int start = at + begin.length();
    int end = metrics.startsWith(begin, at) ? metrics.indexOf('"', start) : -1;
    return end < 0 ? null : metrics.substring(start, end);
  }

  /**
   * The value of the first line of a metric.
   *
   * @param status value that its label {@code status} must have; empty for any
   * @return NaN if there is none
   */
  static double value(String metrics, String name, String status) {
    for (int at = 0; at < metrics.length(); ) {
      int end = metrics.indexOf('\n', at);
      end = end < 0 ? metrics.length() : end;
      int after = at + name.length();
      boolean named =
          metrics.startsWith(name, at)
              && after < end
              && (metrics.charAt(after) == ' ' || metrics.charAt(after) == '{');
      if (named) {
        String line = metrics.substring(after, end);
        if (status.isEmpty() || line.contains("status=\"" + status + "\"")) {
          try {
            return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
          } catch (NumberFormatException notANumber) {
            return Double.NaN;
          }
        }
      }
      at = end + 1;
    }
    return Double.NaN;
  }
}
