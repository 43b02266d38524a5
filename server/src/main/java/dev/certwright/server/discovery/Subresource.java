package dev.certwright.server.discovery;

import java.util.List;

/**
 * Such as {@code log} of pods.
 *
 * @param name without the resource
 * @param group of its kind; the resource's own group if {@code version} is empty
 * @param version of its kind, empty for the resource's own
 * @param kind what it answers with
 * @param verbs what may be done with it
 */
public record Subresource(
    String name, String group, String version, String kind, List<String> verbs) {

  /** Copies the list. */
  public Subresource {
    verbs = List.copyOf(verbs);
  }
}
