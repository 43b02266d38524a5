package dev.certwright.ledger;

import org.jspecify.annotations.Nullable;

/** What an entry tells; the label is what stands in its {@code type} field. */
public enum EntryType {
  /** A certificate was signed here. */
  ISSUED("issued"),
  /** A certificate that existed before was taken into the account. */
  IMPORTED("imported"),
  /** A credential was seen in use, as an audit log tells. */
  SEEN("seen"),
  /** Taken back, for good. */
  REVOKED("revoked"),
  /** Taken back until it is given again. */
  SUSPENDED("suspended"),
  /** Given again after it was suspended. */
  RESUMED("resumed");

  private final String label;

  EntryType(String label) {
    this.label = label;
  }

  /** As in the file. */
  public String label() {
    return label;
  }

  /** The type of this label, or null. */
  public static @Nullable EntryType of(String label) {
    for (EntryType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    return null;
  }
}
