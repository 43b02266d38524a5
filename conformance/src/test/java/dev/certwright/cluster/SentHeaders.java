package dev.certwright.cluster;

import dev.certwright.kubeconfig.EffectiveContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What module cluster would send of a user, which it shows nobody else. */
public final class SentHeaders {
  private SentHeaders() {}

  /**
   * The headers of each request by name in small letters, a character for each byte that goes out.
   *
   * @throws UnusableCredentialsException if none is made of the context
   */
  public static Map<String, List<String>> of(EffectiveContext context) {
    Map<String, List<String>> sent = new TreeMap<>();
    ApiServer.of(context, Map.of())
        .headers()
        .forEach(
            (name, values) -> {
              List<String> octets =
                  sent.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>());
              for (String value : values) {
                byte[] bytes = value.getBytes(HeaderText.WRITTEN);
                octets.add(new String(bytes, StandardCharsets.ISO_8859_1));
              }
            });
    return sent;
  }
}
