package dev.certwright.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it stands with a certificate. */
public enum State {
  /** In force. */
  VALID("valid"),
  /** Its time has not come. */
  PENDING("pending"),
  /** Its time is over. */
  EXPIRED("expired"),
  /** Taken back, itself or its user. */
  REVOKED("revoked"),
  /** Taken back for now, itself or its user. */
  SUSPENDED("suspended"),
  /** Seen in use, and neither issued here nor imported: nobody knows until when it is valid. */
  UNKNOWN("unknown");

  private final String label;

  State(String label) {
    this.label = label;
  }

  /** As in options and output. */
  public String label() {
    return label;
  }

  /** The state of this label, or null. */
  public static @Nullable State of(String label) {
    for (State state : values()) {
      if (state.label.equals(label)) {
        return state;
      }
    }
    return null;
  }

  /** All labels. */
  public static List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (State state : values()) {
      labels.add(state.label);
    }
    return labels;
  }
}
