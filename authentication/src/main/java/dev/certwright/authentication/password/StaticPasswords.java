package dev.certwright.authentication.password;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.csv.UserRow;
import dev.certwright.authentication.csv.UserRows;
import dev.certwright.authentication.secret.SecretDigest;
import dev.certwright.authentication.secret.SecretHash;
import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The users of a static password file (rule PW-01). The passwords themselves are not kept; checking
 * one takes the same time however many there are, whether the user is known or not. Immutable.
 */
public final class StaticPasswords {
  private static final Authentication INVALID =
      new Authentication.Failed("invalid username/password combination");

  private final SecretHash hash = new SecretHash();
  private final SecretDigest nobodys = hash.digest("");
  private final Map<String, User> users = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private record User(SecretDigest password, Identity identity) {}

  private StaticPasswords() {}

  /**
   * Reads the text of such a file: {@code password,name,uid[,"group,group"]} in each row.
   *
   * @param file how messages call it
   * @throws CredentialFileException in upstream's words, if kube-apiserver would not have started
   *     with it
   */
  public static StaticPasswords read(String file, byte[] content) {
    StaticPasswords passwords = new StaticPasswords();
    UserRows.read("password", file, content, row -> passwords.add(file, row));
    return passwords;
  }

  private void add(String file, UserRow row) {
    String name = row.user().name();
    if (users.containsKey(name)) {
      warnings.add(
          "duplicate username has been found in password file '"
              + file
              + "', record number '"
              + row.number()
              + "'");
    }
    // Upstream let users in who had none. A later row without one still replaces an earlier.
    if (row.secret().isEmpty()) {
      warnings.add(
          "empty password has been found in password file '"
              + file
              + "', record number '"
              + row.number()
              + "'; nobody gets in by it");
      users.remove(name);
      return;
    }
    users.put(name, new User(hash.digest(row.secret()), row.user()));
  }

  /** Who it is, or a failure that does not say whether it is the user or the password. */
  public Authentication authenticate(String name, String password) {
    User user = users.get(name);
    SecretDigest shown = hash.digest(password);
    boolean same = shown.equals(user == null ? nobodys : user.password());
    return same && user != null ? new Authentication.Authenticated(user.identity()) : INVALID;
  }

  /** Rows that did not count, or replaced an earlier one; without secrets. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public String toString() {
    return users.size() == 1 ? "1 user with a password" : users.size() + " users with passwords";
  }
}
