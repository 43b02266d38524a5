package dev.certwright.oidc.configuration;

import java.util.List;

/**
 * Who may come without credentials (rule A-02).
 *
 * @param enabled whether anybody may
 * @param paths for which paths, each compared as a whole; empty for all
 */
public record AnonymousConfiguration(boolean enabled, List<String> paths) {
  /** Copies the list. */
  public AnonymousConfiguration {
    paths = List.copyOf(paths);
  }
}
