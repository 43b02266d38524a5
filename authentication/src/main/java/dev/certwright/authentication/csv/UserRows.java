package dev.certwright.authentication.csv;

import dev.certwright.authentication.CredentialFileException;
import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Files of static users: {@code secret,name,uid[,"group,group"]} in each row, further fields are
 * not looked at (rules T-02, T-06, T-07, PW-01).
 */
public final class UserRows {
  private static final int LEAST_FIELDS = 3;

  private UserRows() {}

  /**
   * Hands out every row in order.
   *
   * @param secret how messages call the first field: {@code token} or {@code password}
   * @param file how messages call the file
   * @throws CredentialFileException in upstream's words, if it is no CSV or a row is too short
   */
  public static void read(String secret, String file, byte[] content, Consumer<UserRow> rows) {
    CsvReader reader = new CsvReader(content);
    int number = 0;
    try {
      for (List<String> fields = reader.read(); fields != null; fields = reader.read()) {
        if (fields.size() < LEAST_FIELDS) {
          throw new CredentialFileException(
              secret
                  + " file '"
                  + file
                  + "' must have at least 3 columns ("
                  + secret
                  + ", user name, user uid), found "
                  + fields.size());
        }
        List<String> groups = fields.size() > LEAST_FIELDS ? groups(fields.get(3)) : List.of();
        rows.accept(
            new UserRow(
                ++number,
                fields.get(0),
                new Identity(fields.get(1), fields.get(2), groups, Map.of())));
      }
    } catch (CsvException malformed) {
      throw new CredentialFileException(malformed.text());
    }
  }

  private static List<String> groups(String field) {
    List<String> groups = new ArrayList<>();
    int from = 0;
    for (int comma = field.indexOf(','); comma >= 0; comma = field.indexOf(',', from)) {
      groups.add(field.substring(from, comma));
      from = comma + 1;
    }
    groups.add(field.substring(from));
    return groups;
  }
}
