package dev.certwright.oidc.token;

/** Names of fields as Go's {@code encoding/json} finds those of a struct: whatever their case. */
public final class FieldNames {
  private FieldNames() {}

  /**
   * Whether a key is this field.
   *
   * @param name lower case ASCII
   */
  public static boolean isNamed(String key, String name) {
    if (key.length() != name.length()) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (folded(key.charAt(i)) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  // Beyond ASCII two letters fold to one of it: the long s and the sign of the kelvin.
  private static char folded(char c) {
    if (c >= 'A' && c <= 'Z') {
      return (char) (c + 'a' - 'A');
    }
    return c == '\u017F' ? 's' : c == '\u212A' ? 'k' : c;
  }
}
