package dev.certwright.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ServiceAccount, which asks as a user of a certain name and is in certain groups.
 *
 * @param namespace a DNS label
 * @param name a DNS subdomain
 */
public record ServiceAccountName(String namespace, String name) {
  private static final String USER_PREFIX = "system:serviceaccount:";
  private static final String ALL_GROUP = "system:serviceaccounts";
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 253;

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if no ServiceAccount can be called so
   */
  public ServiceAccountName {
    if (!isLabel(namespace, 0, namespace.length()) || !isSubdomain(name)) {
      throw new IllegalArgumentException(
          "no ServiceAccount can be called " + namespace + ":" + name);
    }
  }

  /** The ServiceAccount that has this user name, null if it is nobody's. */
  public static @Nullable ServiceAccountName ofUser(String userName) {
    if (!userName.startsWith(USER_PREFIX)) {
      return null;
    }
    int colon = userName.indexOf(':', USER_PREFIX.length());
    if (colon < 0) {
      return null;
    }
    String namespace = userName.substring(USER_PREFIX.length(), colon);
    String name = userName.substring(colon + 1);
    return isLabel(namespace, 0, namespace.length()) && isSubdomain(name)
        ? new ServiceAccountName(namespace, name)
        : null;
  }

  /** What it is called when it asks: rule RS-02. */
  public String userName() {
    return USER_PREFIX + namespace + ":" + name;
  }

  /** The groups that it is in besides that of all who are authenticated (rule I-05). */
  public List<String> groups() {
    return List.of(ALL_GROUP, ALL_GROUP + ":" + namespace);
  }

  private static boolean isSubdomain(String text) {
    if (text.length() > LONGEST_NAME) {
      return false;
    }
    int from = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
      if (!isLabelText(text, from, dot)) {
        return false;
      }
      from = dot + 1;
    }
    return isLabelText(text, from, text.length());
  }

  private static boolean isLabel(String text, int from, int to) {
    return to - from <= LONGEST_LABEL && isLabelText(text, from, to);
  }

  private static boolean isLabelText(String text, int from, int to) {
    if (from == to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
        return false;
      }
    }
    return true;
  }
}
