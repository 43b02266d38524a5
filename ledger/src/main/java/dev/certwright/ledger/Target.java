package dev.certwright.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a restriction names.
 *
 * @param kind by what it is known
 * @param value the credential id, user name or uid, compared exactly
 */
public record Target(Kind kind, String value) {

  /** By what something is known; the label is what stands in the {@code target} field. */
  public enum Kind {
    /** One certificate ({@code X509SHA256=}…). */
    CREDENTIAL("credential"),
    /** A person by name, whatever certificate they show. */
    USER("user"),
    /** A person by uid, whatever certificate they show. */
    UID("uid");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As in the file. */
    public String label() {
      return label;
    }

    /** The kind of this label, or null. */
    public static @Nullable Kind of(String label) {
      for (Kind kind : values()) {
        if (kind.label.equals(label)) {
          return kind;
        }
      }
      return null;
    }
  }
}
