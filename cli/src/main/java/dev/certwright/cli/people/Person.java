package dev.certwright.cli.people;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a list.
 *
 * @param line counted from one
 * @param user user name
 * @param groups in order
 * @param uid empty for none
 * @param ttl as written; null for the default
 * @param keyType as written; null for the default
 */
public record Person(
    long line,
    String user,
    List<String> groups,
    String uid,
    @Nullable String ttl,
    @Nullable String keyType) {

  public Person {
    groups = List.copyOf(groups);
  }
}
