package dev.certwright.cli.access;

import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom a kubeconfig makes its holder: what can be read from it, and what the server says.
 *
 * @param credential what it shows to the server and whom it asks to act as, in words, without the
 *     secret
 * @param local whom that makes its holder, null if only the server knows
 * @param actsAs the user whom the holder asks to be taken for (impersonation), empty if none
 * @param server whom the server takes its caller for, null if it was not asked or did not say
 */
public record WhoAmIReport(
    String credential, @Nullable Identity local, String actsAs, @Nullable Identity server) {

  /**
   * Whether the server takes its caller for somebody else than the kubeconfig says; false where one
   * of the two says nothing.
   */
  public boolean isAnother() {
    String expected = !actsAs.isEmpty() ? actsAs : local != null ? local.name() : null;
    return expected != null && server != null && !expected.equals(server.name());
  }

  /**
   * In what the server's answer differs from what the kubeconfig says, each explained. Somebody
   * else is one difference: that their groups are others follows. What impersonation adds is not
   * told.
   */
  public List<String> differences() {
    List<String> differences = new ArrayList<>();
    if (server != null && isAnother()) {
      differences.add(another(server));
      return differences;
    }
    if (local == null || server == null || !actsAs.isEmpty()) {
      return differences;
    }
    add(differences, missing(server.groups(), local.groups()), "the server adds the group ");
    add(
        differences,
        missing(local.groups(), server.groups()),
        "the server does not see the group ");
    if (!local.uid().equals(server.uid())) {
      differences.add(
          server.uid().isEmpty()
              ? "the server does not see the uid " + local.uid() + ": before 1.33 none is read"
              : "the server sees the uid "
                  + server.uid()
                  + (local.uid().isEmpty() ? "" : ", not " + local.uid())
                  + ": another credential of this user counts");
    }
    for (Map.Entry<String, List<String>> entry : new TreeMap<>(local.extra()).entrySet()) {
      List<String> seen = server.extra().get(entry.getKey());
      if (seen == null) {
        differences.add(
            "the server does not know "
                + entry.getKey()
                + ": before 1.32 there is none, and none if something in between says who you are");
      } else if (!seen.equals(entry.getValue())) {
        differences.add(
            "the server sees " + entry.getKey() + " " + seen + ": another credential reached it");
      }
    }
    for (String key : new TreeMap<>(server.extra()).keySet()) {
      if (!local.extra().containsKey(key)) {
        differences.add("the server adds " + key);
      }
    }
    return differences;
  }

  private String another(Identity seen) {
    boolean anonymous = seen.name().equals(Identity.ANONYMOUS_USER);
    if (!actsAs.isEmpty()) {
      return "the server sees the user "
          + seen.name()
          + ", not "
          + actsAs
          + ": the Impersonate-User header did not reach it, for example because a proxy in between"
          + " takes it away";
    }
    return anonymous
        ? "the server takes its caller for anonymous: the credential did not reach it, for"
            + " example because something in between ends TLS"
        : "the server sees the user "
            + seen.name()
            + ": another credential on the way counts before this one, or a proxy in between is the"
            + " caller";
  }

  private static void add(List<String> differences, List<String> groups, String words) {
    for (String group : groups) {
      differences.add(words + group);
    }
  }

  private static List<String> missing(List<String> all, List<String> without) {
    List<String> missing = new ArrayList<>(all);
    missing.removeAll(without);
    return missing;
  }

  /** For programs. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("credential", credential);
    document.put("local", local == null ? null : fields(local));
    if (!actsAs.isEmpty()) {
      document.put("actsAs", actsAs);
    }
    document.put("server", server == null ? null : fields(server));
    document.put("differences", differences());
    return document;
  }

  /** Name, uid, groups and extra of a user, those that are there. */
  public static Map<String, @Nullable Object> fields(Identity identity) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("user", identity.name());
    if (!identity.uid().isEmpty()) {
      fields.put("uid", identity.uid());
    }
    fields.put("groups", identity.groups());
    for (Map.Entry<String, List<String>> entry : new TreeMap<>(identity.extra()).entrySet()) {
      String key = entry.getKey();
      fields.put(
          key.endsWith("/credential-id") ? "credentialId" : "extra " + key,
          String.join(", ", entry.getValue()));
    }
    return fields;
  }
}
