package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What client-go sends of a client as the oracle describes it, which ends there: {@code
 * HTTPWrappersForConfig} and the token source of its package transport, and what net/http takes for
 * the value of a header. Names in small letters, a character for each byte.
 */
final class UpstreamHeaders {
  /** White space at the ends of a file's content, one byte for each character. */
  private static final String BLANKS =
      "(?:[ \\t\\n\\x0B\\f\\r]|\\xC2\\x85|\\xC2\\xA0|\\xE1\\x9A\\x80|\\xE2\\x80[\\x80-\\x8A]"
          + "|\\xE2\\x80[\\xA8\\xA9\\xAF]|\\xE2\\x81\\x9F|\\xE3\\x80\\x80)*+";

  private static final String LEGAL =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** None is sent, for a reason. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }

  private final Map<String, List<String>> headers = new TreeMap<>();

  private UpstreamHeaders() {}

  static Map<String, List<String>> of(YamlMapping client, Function<String, Path> files)
      throws Refusal {
    UpstreamHeaders all = new UpstreamHeaders();
    all.authorization(client, files);
    YamlMapping impersonate = Choices.mapping(client, "impersonate");
    if (client.get("impersonate") != null) {
      all.add("Impersonate-User", octets(Choices.text(impersonate, "UserName")));
    }
    String uid = Choices.text(impersonate, "UID");
    if (!uid.isEmpty()) {
      all.add("Impersonate-Uid", octets(uid));
    }
    for (String group : Choices.texts(impersonate, "Groups")) {
      all.add("Impersonate-Group", octets(group));
    }
    YamlMapping extra = Choices.mapping(impersonate, "Extra");
    for (YamlMapping.Entry field : extra.entries()) {
      for (String value : Choices.texts(extra, field.key())) {
        all.add("Impersonate-Extra-" + escaped(octets(field.key())), octets(value));
      }
    }
    return all.headers;
  }

  private void authorization(YamlMapping client, Function<String, Path> files) throws Refusal {
    String token = octets(Choices.text(client, "token"));
    String file = Choices.text(client, "tokenFile");
    String name = Choices.text(client, "username");
    String password = Choices.text(client, "password");
    boolean basic = !name.isEmpty() || !password.isEmpty();
    if (token.isEmpty() && file.isEmpty()) {
      if (basic) {
        byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
        add("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      return;
    }
    if (basic) {
      throw new Refusal("username/password or bearer token may be set, but not both");
    }
    String ofFile = file.isEmpty() ? "" : content(files.apply(file));
    if (token.isEmpty() && ofFile.isEmpty()) {
      throw new Refusal("read empty token from file");
    }
    add("Authorization", "Bearer " + (ofFile.isEmpty() ? token : ofFile));
  }

  private static String content(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.replaceAll("^" + BLANKS, "").replaceAll(BLANKS + "$", "");
    } catch (IOException unreadable) {
      return "";
    }
  }

  private void add(String name, String value) throws Refusal {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F) {
        throw new Refusal("net/http: invalid header field value for \"" + name + "\"");
      }
    }
    headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(value);
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String escaped(String key) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '%' || LEGAL.indexOf(c) < 0) {
        text.append(String.format("%%%02x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
