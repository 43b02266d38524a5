package dev.certwright.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account, wherever it is kept. All of it is made of entries, each linked to the one before by
 * its hash; nothing that stands in it is ever changed. Implementations are safe for use by several
 * threads and by several processes at once.
 */
public interface Ledger extends AutoCloseable {

  /** Where it is kept, for messages; never holds a password. */
  String location();

  /**
   * Adds entries, all or none, in this order and without others between them. When this returns
   * they are durable.
   *
   * @throws LedgerAccessException if they cannot be written; then none of them counts
   * @throws LedgerDamagedException if the last entry is not as it was written, so that nothing can
   *     be linked to it
   * @throws EntryException if one is larger than an entry may be, or has what cannot be read or
   *     found again; then none of them counts
   */
  Receipt record(List<Event> events);

  /**
   * The last entry.
   *
   * @throws LedgerDamagedException if it is not as it was written
   */
  Head head();

  /**
   * The chain as it ended with one entry, found without reading the others.
   *
   * @param sequence the entry's number
   * @return {@link Head#NONE} if there is no such entry
   * @throws LedgerDamagedException if it is not as it was written
   * @throws LedgerAccessException if it cannot be read
   */
  Head at(long sequence);

  /**
   * Hands over all entries' lines in order.
   *
   * @throws LedgerAccessException if they cannot be read
   */
  void read(LineVisitor visitor);

  /**
   * Checks every entry and every link.
   *
   * @param expected a head that was kept elsewhere; null for none
   */
  Verification verify(@Nullable Head expected);

  /**
   * Checks that what questions are answered from, the tables beside the entries, says what the
   * entries add up to. Takes as long as making them anew.
   *
   * @return where it does not; empty also if there are no tables yet, or they are to be made anew
   * @throws LedgerDamagedException if an entry is not as it was written
   * @throws LedgerAccessException if entries or tables cannot be read
   */
  List<Problem> verifyAccount();

  /**
   * Takes all entries of another ledger or of an export, as they are, into this one, which must be
   * empty; all or none.
   *
   * @return the last of them
   * @throws LedgerDamagedException if one of them is not as it was written
   * @throws LedgerAccessException if this ledger is not empty, or cannot be written
   */
  Head restore(LineSource source);

  /**
   * What the entries add up to, up to date with the last one.
   *
   * @throws LedgerDamagedException if an entry that has to be read is not as it was written
   */
  Account account();

  @Override
  void close();
}
