package dev.certwright.authentication.token;

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
 * The tokens of a static token file (rules T-01 to T-10). The tokens themselves are not kept;
 * looking one up takes the same time however many there are. Immutable.
 */
public final class StaticTokens implements TokenAuthenticator {
  private final SecretHash hash = new SecretHash();
  private final Map<SecretDigest, Identity> users = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private StaticTokens() {}

  /**
   * Reads the text of such a file: {@code token,name,uid[,"group,group"]} in each row.
   *
   * @param file how messages call it
   * @throws CredentialFileException in upstream's words, if kube-apiserver would not start with it
   */
  public static StaticTokens read(String file, byte[] content) {
    StaticTokens tokens = new StaticTokens();
    UserRows.read("token", file, content, row -> tokens.add(file, row));
    return tokens;
  }

  private void add(String file, UserRow row) {
    if (row.secret().isEmpty()) {
      warnings.add(
          "empty token has been found in token file '"
              + file
              + "', record number '"
              + row.number()
              + "'");
    } else if (users.put(hash.digest(row.secret()), row.user()) != null) {
      warnings.add(
          "duplicate token has been found in token file '"
              + file
              + "', record number '"
              + row.number()
              + "'");
    }
  }

  @Override
  public Authentication authenticate(String token) {
    Identity user = users.get(hash.digest(token));
    return user == null ? new Authentication.NoOpinion() : new Authentication.Authenticated(user);
  }

  /** Rows that did not count, or replaced an earlier one; without secrets. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** How many tokens there are. */
  public int size() {
    return users.size();
  }

  @Override
  public String toString() {
    return users.size() == 1 ? "1 token" : users.size() + " tokens";
  }
}
