package dev.certwright.kubeconfig;

import java.nio.file.Path;

/**
 * What a merge does with one entry.
 *
 * @param kind which list it is in
 * @param name its name
 * @param action what is done
 * @param file where it goes, or where it is already
 */
public record EntryChange(EntryKind kind, String name, Action action, Path file) {

  /** What is done with an entry. */
  public enum Action {
    /** It is new. */
    ADDED,
    /** An entry of the same name and other content gives way to it. */
    REPLACED,
    /** The same is there already. */
    UNCHANGED
  }
}
