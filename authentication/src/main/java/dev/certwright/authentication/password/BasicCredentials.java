package dev.certwright.authentication.password;

import dev.certwright.authentication.GoBase64;
import dev.certwright.rbac.GoText;
import org.jspecify.annotations.Nullable;

/** A user name and a password as HTTP Basic carries them (RFC 7617), read as Go reads them. */
public final class BasicCredentials {
  private static final String SCHEME = "Basic ";

  private final String name;
  private final String password;

  private BasicCredentials(String name, String password) {
    this.name = name;
    this.password = password;
  }

  /**
   * Those of an {@code Authorization} header.
   *
   * @return null if it has none
   */
  public static @Nullable BasicCredentials of(String header) {
    if (header.length() < SCHEME.length()) {
      return null;
    }
    for (int i = 0; i < SCHEME.length(); i++) {
      // Of ASCII alone: Java would take a dotless i for an i.
      if (Character.toLowerCase(SCHEME.charAt(i)) != asciiLowerCase(header.charAt(i))) {
        return null;
      }
    }
    byte[] decoded = GoBase64.standard(header.substring(SCHEME.length()));
    if (decoded == null) {
      return null;
    }
    String pair = GoText.ofUtf8(decoded, 0, decoded.length);
    int colon = pair.indexOf(':');
    return colon < 0
        ? null
        : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
  }

  private static char asciiLowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
  }

  /** Before the first colon. */
  public String name() {
    return name;
  }

  /** All after it. */
  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "a user name and a password";
  }
}
