package dev.certwright.authority;

import dev.certwright.identity.Identity;
import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Guard rails for user names, groups and uids: what kube-apiserver would take and people would
 * regret. It takes any text as a name and compares it exactly (rule X-12), so a name that looks
 * right and is not locks somebody out, or lets somebody in.
 *
 * @param allowSystemNames whether names and groups that begin with {@code system:} may be signed
 * @param allowSystemMasters whether even {@code system:masters} may be: no authorizer can refuse it
 *     (rule AC-20), so such a certificate cannot be taken back
 * @param allowLookAlikes whether names of mixed scripts and compatibility characters may be signed
 */
public record NameRules(
    boolean allowSystemNames, boolean allowSystemMasters, boolean allowLookAlikes) {

  /** Everything refused that is refused by default. */
  public static final NameRules STRICT = new NameRules(false, false, false);

  private static final int MAXIMUM_LENGTH = 1024;
  private static final int MAXIMUM_GROUPS = 500;
  private static final int OPENSSL_LIMIT = 64;

  /** All that is to be said about these names, the forbidden first to be seen among it. */
  public List<Finding> check(String user, List<String> groups, String uid) {
    List<Finding> findings = new ArrayList<>();
    checkText("user", user, findings);
    checkSystemName("user", user, findings);
    if (groups.size() > MAXIMUM_GROUPS) {
      findings.add(
          Finding.forbidden(
              "group-count",
              groups.size() + " groups, where " + MAXIMUM_GROUPS + " are the most",
              "bind a role to the user, or to fewer groups"));
      return findings;
    }
    Set<String> seen = new HashSet<>();
    for (String group : groups) {
      checkText("group", group, findings);
      checkSystemName("group", group, findings);
      if (!seen.add(group)) {
        findings.add(
            Finding.forbidden(
                "group-twice",
                "the group " + quoted(group) + " is named twice",
                "name each group once"));
      }
      if (group.equals(user)) {
        findings.add(
            Finding.note(
                "user-is-group",
                "the user " + quoted(user) + " is also the name of a group",
                "check that the arguments are in order: USER first, then its groups"));
      }
    }
    if (!uid.isEmpty()) {
      checkText("uid", uid, findings);
    }
    return findings;
  }

  /** What is to be said about one text, whatever it names. */
  void checkText(String what, String text, List<Finding> findings) {
    if (text.isEmpty()) {
      findings.add(
          Finding.forbidden(
              "name-empty", "an empty " + what, "give the " + what + " a name, or leave it out"));
      return;
    }
    if (text.length() > MAXIMUM_LENGTH) {
      findings.add(
          Finding.forbidden(
              "name-length",
              "a " + what + " of " + text.length() + " characters",
              "use at most " + MAXIMUM_LENGTH + " characters"));
      return;
    }
    Finding unseen = UnsafeCharacters.find(what, text);
    if (unseen != null) {
      findings.add(unseen);
      return;
    }
    if (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))) {
      findings.add(
          Finding.forbidden(
              "name-blanks",
              "the " + what + " " + quoted(text) + " begins or ends with a blank",
              "leave the blank out: kube-apiserver compares names exactly"));
    }
    if (looksLikeSubject(text)) {
      findings.add(
          Finding.forbidden(
              "name-subject",
              "the " + what + " " + quoted(text) + " looks like an openssl subject",
              "give names alone: certwright issue USER [GROUP...]"));
    }
    if (!allowLookAlikes) {
      Finding lookAlike = LookAlikes.find(what, text);
      if (lookAlike != null) {
        findings.add(lookAlike);
      }
    }
    if (text.codePointCount(0, text.length()) > OPENSSL_LIMIT) {
      findings.add(
          Finding.note(
              "name-long",
              "the " + what + " has more than " + OPENSSL_LIMIT + " characters",
              "kube-apiserver takes it; openssl and other tools refuse to make or show such names"));
    }
  }

  private void checkSystemName(String what, String text, List<Finding> findings) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (text.equals(Identity.SUPERUSER_GROUP)) {
      if (!allowSystemMasters) {
        findings.add(
            Finding.forbidden(
                "system-masters",
                "the " + what + " system:masters",
                "bind the ClusterRole cluster-admin to a group of your own instead: no authorizer can"
                    + " ever refuse system:masters, so the certificate could not be taken back"
                    + " (--allow-system-masters if it must be)"));
      }
    } else if (!allowSystemMasters
        && lower.contains(Identity.SUPERUSER_GROUP)
        && !looksLikeSubject(text)) {
      findings.add(
          Finding.forbidden(
              "system-masters",
              "the " + what + " " + quoted(text) + " holds system:masters and is not it",
              "kube-apiserver would take it for a name like any other: write what is meant"));
    } else if (lower.startsWith("system:") && !allowSystemNames) {
      findings.add(
          Finding.forbidden(
              "system-name",
              "the "
                  + what
                  + " "
                  + quoted(text)
                  + (text.startsWith("system:")
                      ? " is one of Kubernetes' own names"
                      : " looks like one of Kubernetes' own names"),
              "choose another, or say --allow-system-names if it is meant"));
    }
  }

  /**
   * {@code /O=x/CN=y}, {@code O=x,CN=y} and the like, also with a digit for a letter: somebody
   * pasted a subject where a name goes.
   */
  private static boolean looksLikeSubject(String text) {
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || "/,+;".indexOf(text.charAt(i)) >= 0) {
        if (isAttribute(text, from, i)) {
          return true;
        }
        from = i + 1;
      }
    }
    return false;
  }

  private static boolean isAttribute(String text, int from, int to) {
    int equals = text.indexOf('=', from);
    if (equals < 0 || equals >= to) {
      return false;
    }
    String key = text.substring(from, equals).strip().toUpperCase(java.util.Locale.ROOT);
    return switch (key) {
      case "O",
          "0",
          "CN",
          "OU",
          "0U",
          "C",
          "L",
          "ST",
          "S",
          "DC",
          "UID",
          "SN",
          "EMAILADDRESS",
          "STREET",
          "SERIALNUMBER" ->
          true;
      default -> key.startsWith("OID.") || isDottedNumber(key);
    };
  }

  /** Two dots or more and nothing but digits around them: an object identifier. */
  private static boolean isDottedNumber(String key) {
    int dots = 0;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots >= 2;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  static String quoted(String text) {
    return "\"" + SafeText.of(text) + "\"";
  }
}
