package dev.certwright.cluster;

import dev.certwright.kubeconfig.AuthInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers by which a user of a kubeconfig proves who they are (rules KC-13, KC-18). */
final class Credentials {
  private static final String HINT = "use a kubeconfig with a client certificate or token";

  private final String authorization;
  private final Map<String, List<String>> impersonation;

  private Credentials(String authorization, Map<String, List<String>> impersonation) {
    this.authorization = authorization;
    this.impersonation = impersonation;
  }

  /**
   * Those of a user.
   *
   * @throws UnusableCredentialsException if only another program could make them, or no header can
   *     carry them
   */
  static Credentials of(AuthInfo user, String name) {
    boolean certificate =
        !user.clientCertificate().isEmpty() || !user.clientCertificateData().isEmpty();
    String authorization = authorization(user);
    if (authorization.isEmpty() && !certificate) {
      if (user.exec() != null) {
        throw new UnusableCredentialsException(
            "the user "
                + name
                + " gets credentials from another program (exec), which is not run from here",
            HINT,
            null);
      }
      if (user.authProvider() != null) {
        throw new UnusableCredentialsException(
            "the user " + name + " has an auth-provider, which no client knows any more",
            HINT,
            null);
      }
    }
    return new Credentials(authorization, impersonation(user));
  }

  private static String authorization(AuthInfo user) {
    boolean password = !user.username().isEmpty() || !user.password().isEmpty();
    if (password && !user.tokenFile().isEmpty()) {
      throw new UnusableCredentialsException(
          "the user has a token file beside a user name or password",
          "only one of them is allowed",
          null);
    }
    String token = token(user);
    if (!token.isEmpty()) {
      return "Bearer " + HeaderText.of(token, "the token");
    }
    if (!password) {
      return "";
    }
    byte[] pair = (user.username() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  // The file wins, the literal stands in where it cannot be read or holds none.
  private static String token(AuthInfo user) {
    if (user.tokenFile().isEmpty()) {
      return user.token();
    }
    String problem = "holds no token";
    IOException cause = null;
    try {
      String token = TokenFile.read(user.tokenFile());
      if (!token.isEmpty()) {
        return token;
      }
    } catch (IOException unreadable) {
      problem = "cannot be read";
      cause = unreadable;
    }
    if (user.token().isEmpty()) {
      throw TokenFile.unusable(user.tokenFile(), problem, cause);
    }
    return user.token();
  }

  private static Map<String, List<String>> impersonation(AuthInfo user) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (user.impersonate().isEmpty()) {
      return headers;
    }
    add(headers, "Impersonate-User", user.impersonate());
    if (!user.impersonateUid().isEmpty()) {
      add(headers, "Impersonate-Uid", user.impersonateUid());
    }
    user.impersonateGroups().forEach(group -> add(headers, "Impersonate-Group", group));
    for (Map.Entry<String, @Nullable List<String>> extra : user.impersonateUserExtra().entrySet()) {
      List<String> values = extra.getValue();
      if (values != null) {
        String name = "Impersonate-Extra-" + headerKey(extra.getKey());
        values.forEach(value -> add(headers, name, value));
      }
    }
    return headers;
  }

  private static void add(Map<String, List<String>> headers, String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(HeaderText.of(value, name));
  }

  private static String headerKey(String key) {
    StringBuilder text = new StringBuilder();
    for (byte octet : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "!#$&'*+-.^_`|~".indexOf(c) >= 0;
      if (plain) {
        text.append(c);
      } else {
        text.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return text.toString();
  }

  /**
   * The headers by name, as a connection takes them. Without TLS nothing that proves anything, only
   * whom to act as: or else the answer would be about another one.
   */
  Map<String, List<String>> headers(boolean secure) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (secure && !authorization.isEmpty()) {
      headers.put("Authorization", List.of(authorization));
    }
    headers.putAll(impersonation);
    return headers;
  }

  /** Says which way there is, never what it holds. */
  @Override
  public String toString() {
    int blank = authorization.indexOf(' ');
    return "Credentials[" + (blank < 0 ? "no header" : authorization.substring(0, blank)) + "]";
  }
}
