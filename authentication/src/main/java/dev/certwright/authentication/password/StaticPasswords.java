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
 * The users of a static password file (rule PW-01). The passwords themselves are not kept: what is
 * looked up is the digest of name and password together, so that an unknown user and a wrong
 * password are the same to it, also in what they take, however many there are. Immutable.
 */
public final class StaticPasswords {
  private static final Authentication INVALID =
      new Authentication.Failed("invalid username/password combination");

  private final SecretHash hash = new SecretHash();
  private final Map<SecretDigest, Identity> users = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

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
    Map<String, SecretDigest> named = new HashMap<>();
    UserRows.read("password", file, content, row -> passwords.add(file, row, named));
    return passwords;
  }

  private void add(String file, UserRow row, Map<String, SecretDigest> named) {
    String name = row.user().name();
    // A later row replaces an earlier one, also one without a password.
    SecretDigest earlier = named.remove(name);
    if (earlier != null) {
      users.remove(earlier);
      warnings.add(
          "duplicate username has been found in password file '"
              + file
              + "', record number '"
              + row.number()
              + "'");
    }
    // Upstream let users in who had none.
    if (row.secret().isEmpty()) {
      warnings.add(
          "empty password has been found in password file '"
              + file
              + "', record number '"
              + row.number()
              + "'; nobody gets in by it");
      return;
    }
    SecretDigest digest = digest(name, row.secret());
    named.put(name, digest);
    users.put(digest, row.user());
  }

  /** Who it is, or a failure that does not say whether it is the user or the password. */
  public Authentication authenticate(String name, String password) {
    Identity user = users.get(digest(name, password));
    return user == null ? INVALID : new Authentication.Authenticated(user);
  }

  // Of no other name and password: the length says where the name ends.
  private SecretDigest digest(String name, String password) {
    return hash.digest(name.length() + ":" + name + password);
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
