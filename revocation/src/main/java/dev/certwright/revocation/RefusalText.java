package dev.certwright.revocation;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Target;

/** What somebody reads whose request is refused: the same words in every outlet. */
public final class RefusalText {
  private RefusalText() {}

  /**
   * The words.
   *
   * @param kind what is refused: a certificate, or a person
   * @param type {@link EntryType#REVOKED} or {@link EntryType#SUSPENDED}
   */
  public static String of(Target.Kind kind, EntryType type) {
    boolean suspended = type == EntryType.SUSPENDED;
    if (kind == Target.Kind.CREDENTIAL) {
      return suspended
          ? "this client certificate is suspended"
          : "this client certificate has been revoked";
    }
    return suspended
        ? "the access of this user is suspended"
        : "the access of this user has been revoked";
  }
}
