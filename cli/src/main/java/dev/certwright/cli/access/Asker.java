package dev.certwright.cli.access;

import dev.certwright.identity.Identity;
import java.util.List;

/**
 * Who asks, as an API server would see it.
 *
 * @param identity with the groups that the server adds
 * @param addedGroups those of its groups that stand in no credential and on no command line
 * @param source what it was taken from, for people; empty if it was said by name
 */
public record Asker(Identity identity, List<String> addedGroups, String source) {

  /** Copies the list. */
  public Asker {
    addedGroups = List.copyOf(addedGroups);
  }
}
