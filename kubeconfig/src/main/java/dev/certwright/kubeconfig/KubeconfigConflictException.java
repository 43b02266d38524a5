package dev.certwright.kubeconfig;

import java.util.List;

/** Entries of the same name with other content are there, and they were not to be replaced. */
public final class KubeconfigConflictException extends KubeconfigException {
  private static final long serialVersionUID = 1L;

  private final Conflict[] conflicts;

  KubeconfigConflictException(List<Conflict> conflicts) {
    super(message(conflicts));
    this.conflicts = conflicts.toArray(new Conflict[0]);
  }

  /**
   * An entry that is in the way.
   *
   * @param kind which list it is in
   * @param name its name
   * @param place file and line of the one that is there
   */
  public record Conflict(EntryKind kind, String name, String place)
      implements java.io.Serializable {}

  private static String message(List<Conflict> conflicts) {
    StringBuilder message = new StringBuilder();
    for (Conflict conflict : conflicts) {
      message
          .append(message.isEmpty() ? "" : "; ")
          .append(conflict.kind().field())
          .append(' ')
          .append(GoStrings.quote(conflict.name()))
          .append(" is already at ")
          .append(conflict.place())
          .append(" with other content");
    }
    return message.toString();
  }

  /** All of them, at least one. */
  public List<Conflict> conflicts() {
    return List.of(conflicts);
  }
}
