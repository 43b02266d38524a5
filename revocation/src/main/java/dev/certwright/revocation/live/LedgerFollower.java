package dev.certwright.revocation.live;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerException;
import dev.certwright.revocation.authorization.SourceLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the end of a ledger again and again, and reads what stands whenever it has moved.
 * Looking costs one read of a file's end, or one query.
 *
 * <p>What was read stays in force while the ledger cannot be read, and also if it became shorter or
 * another one, such as an older copy that went on: whoever can replace it must not let in again
 * what it took back. Before the first reading nothing is known, and nothing may be allowed.
 */
public final class LedgerFollower implements RestrictionSource, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LedgerFollower.class.getName());

  /** After this much time it is read anew, so that what has expired does not pile up. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Ledger ledger;
  private final InstantSource clock;
  private volatile @Nullable RestrictedAccess current;
  private volatile String problem = "";
  private Head head = Head.NONE;
  private Instant read = Instant.MIN;
  private @Nullable Thread thread;

  /**
   * Of a ledger, which is closed with it. Nothing is read yet.
   *
   * @param clock what time it is
   */
  public LedgerFollower(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Looks once.
   *
   * @return whether something else is known now
   */
  public synchronized boolean refresh() {
    try {
      Head found = ledger.head();
      RestrictedAccess before = current;
      Instant now = clock.instant();
      if (before != null && found.equals(head) && now.isBefore(read.plus(LONGEST))) {
        problem("");
        return false;
      }
      if (before != null && found.sequence() < head.sequence()) {
        problem(
            "it ends with entry "
                + found.sequence()
                + " and had "
                + head.sequence()
                + "; what it took back stays refused until this is started anew");
        return false;
      }
      if (before != null && head.sequence() > 0 && !ledger.at(head.sequence()).equals(head)) {
        problem(
            "its entry "
                + head.sequence()
                + " is another one than it was; what it took back stays refused until this is"
                + " started anew");
        return false;
      }
      try (Account account = ledger.account()) {
        current =
            new RestrictedAccess(
                account.restrictions(now),
                found.sequence(),
                SourceLedger.of(ledger.at(1), Head.NONE).name());
      }
      head = found;
      read = now;
      problem("");
      return true;
    } catch (LedgerException unreadable) {
      problem(String.valueOf(unreadable.getMessage()));
      return false;
    }
  }

  private void problem(String text) {
    if (!text.equals(problem)) {
      problem = text;
      if (text.isEmpty()) {
        LOG.log(System.Logger.Level.INFO, "the ledger {0} can be read again", ledger.location());
      } else {
        LOG.log(
            System.Logger.Level.WARNING,
            "the ledger {0} cannot be followed: {1}",
            ledger.location(),
            text);
      }
    }
  }

  @Override
  public @Nullable RestrictedAccess current() {
    return current;
  }

  /** What keeps it from being up to date; empty if nothing does. */
  public String problem() {
    return problem;
  }

  /** Where the ledger is. */
  public String location() {
    return ledger.location();
  }

  /**
   * Goes on looking, on a thread of its own, until it is closed.
   *
   * @param pause between two looks
   */
  public synchronized void start(Duration pause) {
    if (thread != null) {
      throw new IllegalStateException("it is followed already");
    }
    Thread started = new Thread(() -> follow(pause), "certwright-ledger");
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  private void follow(Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause.toMillis());
        try {
          refresh();
        } catch (RuntimeException bug) {
          // Else nobody would ever look again.
          LOG.log(System.Logger.Level.ERROR, "the ledger could not be looked at", bug);
        }
      }
    } catch (InterruptedException closed) {
      // The end.
    }
  }

  @Override
  public void close() {
    Thread started;
    synchronized (this) {
      started = thread;
      thread = null;
    }
    if (started != null) {
      started.interrupt();
    }
    ledger.close();
  }
}
