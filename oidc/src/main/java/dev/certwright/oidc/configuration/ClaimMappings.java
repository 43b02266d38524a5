package dev.certwright.oidc.configuration;

import java.util.List;

/**
 * How claims become a user (rule J-03).
 *
 * @param username the name
 * @param groups a string or strings
 * @param uid its prefix is always null
 * @param extra in their order
 */
public record ClaimMappings(
    ClaimMapping username, ClaimMapping groups, ClaimMapping uid, List<ExtraMapping> extra) {
  /** Copies the list. */
  public ClaimMappings {
    extra = List.copyOf(extra);
  }
}
