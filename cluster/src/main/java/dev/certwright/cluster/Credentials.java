package dev.certwright.cluster;

import dev.certwright.kubeconfig.AuthInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers by which a user of a kubeconfig proves who they are (rules KC-13, KC-18). */
final class Credentials {
  private static final int LONGEST_TOKEN = 1 << 20;

  private final AuthInfo user;
  private final String authorization;

  private Credentials(AuthInfo user, String authorization) {
    this.user = user;
    this.authorization = authorization;
  }

  /**
   * Those of a user.
   *
   * @throws UnusableCredentialsException if only another program could make them
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
            "use a kubeconfig with a client certificate or token",
            null);
      }
      if (user.authProvider() != null) {
        throw new UnusableCredentialsException(
            "the user " + name + " has an auth-provider, which no client knows any more",
            "use a kubeconfig with a client certificate or token",
            null);
      }
    }
    return new Credentials(user, authorization);
  }

  // The file wins, the literal stands in where it cannot be read.
  private static String authorization(AuthInfo user) {
    String token = user.token();
    if (!user.tokenFile().isEmpty()) {
      try (InputStream in = Files.newInputStream(Path.of(user.tokenFile()))) {
        token = new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.UTF_8).strip();
      } catch (IOException unreadable) {
        if (token.isEmpty()) {
          throw new UnusableCredentialsException(
              "the token file " + user.tokenFile() + " cannot be read", "", unreadable);
        }
      }
    }
    if (!token.isEmpty()) {
      return "Bearer " + token;
    }
    if (user.username().isEmpty() && user.password().isEmpty()) {
      return "";
    }
    byte[] pair = (user.username() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Adds the headers to a request. */
  void addTo(HttpURLConnection connection) {
    if (!authorization.isEmpty()) {
      connection.setRequestProperty("Authorization", authorization);
    }
    if (user.impersonate().isEmpty()) {
      return;
    }
    connection.setRequestProperty("Impersonate-User", user.impersonate());
    if (!user.impersonateUid().isEmpty()) {
      connection.setRequestProperty("Impersonate-Uid", user.impersonateUid());
    }
    for (String group : user.impersonateGroups()) {
      connection.addRequestProperty("Impersonate-Group", group);
    }
    for (Map.Entry<String, @Nullable List<String>> extra : user.impersonateUserExtra().entrySet()) {
      List<String> values = extra.getValue();
      if (values != null) {
        for (String value : values) {
          connection.addRequestProperty("Impersonate-Extra-" + headerKey(extra.getKey()), value);
        }
      }
    }
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

  /** Says which way there is, never what it holds. */
  @Override
  public String toString() {
    int blank = authorization.indexOf(' ');
    return "Credentials[" + (blank < 0 ? "no header" : authorization.substring(0, blank)) + "]";
  }
}
