package dev.certwright.revocation.authorization;

import dev.certwright.ledger.Head;
import dev.certwright.revocation.UnacceptableConfigurationException;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where a list that is about to be published is from, and whose place it may take: that of a list
 * of the same ledger which reached no further. Whatever that one refuses, this one refuses too,
 * unless the ledger gave it again since.
 */
public final class Origin {
  /** Of no ledger: takes nobody's place. */
  public static final Origin NONE = carried(SourceLedger.NONE);

  private static final String FLAG =
      "certwright revocations publish --allow-other-ledger publishes all the same, and lets in again"
          + " whom only the other one took back; with --dry-run it shows whom";

  private final SourceLedger ledger;
  private final @Nullable LongFunction<Head> entries;
  private final boolean any;

  private Origin(SourceLedger ledger, @Nullable LongFunction<Head> entries, boolean any) {
    this.ledger = ledger;
    this.entries = entries;
    this.any = any;
  }

  /**
   * A ledger that is at hand.
   *
   * @param entries what it has under a number, as {@code Ledger.at} tells
   */
  public static Origin of(SourceLedger ledger, LongFunction<Head> entries) {
    return new Origin(ledger, entries, false);
  }

  /** A ledger that is elsewhere: only the number tells which of two lists is the later one. */
  public static Origin carried(SourceLedger ledger) {
    return new Origin(ledger, null, false);
  }

  /** The same, and it may take anybody's place. */
  public Origin replacingAny() {
    return new Origin(ledger, entries, true);
  }

  /** The ledger. */
  public SourceLedger ledger() {
    return ledger;
  }

  /**
   * Sees that nobody is let in again whom this ledger does not know.
   *
   * @param place of the list that is there, for messages
   * @param there what that is from
   * @throws UnacceptableConfigurationException if this may not take its place
   */
  public void require(String place, SourceLedger there) {
    if (any || there.name().isEmpty()) {
      return;
    }
    if (!there.name().equals(ledger.name())) {
      throw new UnacceptableConfigurationException(
          place,
          List.of(
              "it is published from the ledger "
                  + there.name()
                  + ", and this one is "
                  + (ledger.name().isEmpty() ? "empty" : ledger.name())),
          "publishing would let in again what that ledger took back: name it with --ledger or"
              + " CERTWRIGHT_HOME; if it is lost, "
              + FLAG);
    }
    if (there.entry() > ledger.entry()) {
      throw new UnacceptableConfigurationException(
          place,
          List.of(
              "it is published from the ledger "
                  + there.name()
                  + " up to entry "
                  + there.entry()
                  + ", and this one reaches to entry "
                  + ledger.entry()
                  + ": a copy from before?"),
          "publishing would let in again what was taken back since: use the whole ledger; if that is"
              + " lost, "
              + FLAG);
    }
    String hash = hash(there);
    if (!hash.equals(there.hash())) {
      throw new UnacceptableConfigurationException(
          place,
          List.of(
              "it is published from the ledger "
                  + there.name()
                  + " with another entry "
                  + there.entry()
                  + " ("
                  + there.hash()
                  + ") than this one has ("
                  + hash
                  + "): a copy that went on by itself?"),
          "publishing would let in again what the other one took back: use that ledger, or revoke here"
              + " too what it has; then "
              + FLAG);
    }
  }

  /** Of the same entry here; without a look at the ledger an earlier one is believed. */
  private String hash(SourceLedger there) {
    if (there.entry() == ledger.entry()) {
      return ledger.hash();
    }
    return entries == null || there.entry() == 0
        ? there.hash()
        : entries.apply(there.entry()).hash();
  }
}
