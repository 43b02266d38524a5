package dev.certwright.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks lines one after another, and goes on after a problem. Memory does not grow with them. */
public final class ChainCheck {
  private static final int KEPT = 1000;

  private final @Nullable Head expected;
  private final EntryReader reader = new EntryReader();
  private final List<Problem> problems = new ArrayList<>();
  private long problemCount;
  private long line;
  private Head head = Head.NONE;
  private boolean headKnown = true;
  private boolean expectedFound;

  /** With a head that was kept elsewhere, or null. */
  public ChainCheck(@Nullable Head expected) {
    this.expected = expected;
    this.expectedFound = expected == null || expected.sequence() == 0;
  }

  /** The next complete line, without its line end. */
  public void complete(byte[] bytes) {
    line++;
    EntryLine entry;
    try {
      entry = EntryLine.of(bytes);
    } catch (EntryException notALine) {
      add(Problem.Kind.NOT_AN_ENTRY, "it is no entry");
      headKnown = false;
      return;
    }
    if (!entry.intact()) {
      add(
          Problem.Kind.CHANGED,
          "entry " + entry.sequence() + " was changed: its content does not have its hash");
    }
    if (headKnown && !entry.follows(head)) {
      add(Problem.Kind.BROKEN_LINK, brokenLink(entry));
    } else if (entry.intact()) {
      readable(bytes, entry);
    }
    head = entry.head();
    headKnown = true;
    if (expected != null && entry.intact() && head.equals(expected)) {
      expectedFound = true;
    }
  }

  private String brokenLink(EntryLine entry) {
    if (entry.sequence() == head.sequence() + 1) {
      return "entry "
          + entry.sequence()
          + " names another entry before it than the one that stands there";
    }
    if (entry.sequence() > head.sequence() + 1) {
      return "entry "
          + entry.sequence()
          + " stands after entry "
          + head.sequence()
          + ": "
          + (entry.sequence() - head.sequence() - 1)
          + " missing here";
    }
    return "entry "
        + entry.sequence()
        + " stands after entry "
        + head.sequence()
        + ": added again, or moved";
  }

  private void readable(byte[] bytes, EntryLine entry) {
    try {
      reader.read(bytes);
    } catch (EntryException unreadable) {
      add(
          Problem.Kind.UNREADABLE,
          "entry " + entry.sequence() + " cannot be read: " + unreadable.getMessage());
    }
  }

  /** A line that is longer than any entry; its bytes are not looked at. */
  public void tooLong() {
    line++;
    add(Problem.Kind.NOT_AN_ENTRY, "it is longer than any entry");
    headKnown = false;
  }

  /**
   * What stands after the last line end. A whole entry that only lacks its line end counts, as it
   * does for the next writer; that it lacks it is told all the same.
   */
  public void unended(byte[] bytes) {
    if (isNext(bytes)) {
      complete(bytes);
      add(
          Problem.Kind.TORN_END,
          "entry "
              + head.sequence()
              + " is whole and counts, but its line end is missing: writing it was interrupted, or"
              + " the end was cut off; the next entry that is recorded adds it");
      return;
    }
    line++;
    add(
        Problem.Kind.TORN_END,
        "the last line has "
            + bytes.length
            + " bytes and no end: writing it was interrupted, or the end was cut off; the next"
            + " entry that is recorded puts it aside");
  }

  private boolean isNext(byte[] bytes) {
    try {
      EntryLine entry = EntryLine.of(bytes);
      return headKnown && entry.intact() && entry.follows(head);
    } catch (EntryException torn) {
      return false;
    }
  }

  /** All lines were given. */
  public Verification result() {
    long entries = line;
    if (!expectedFound && expected != null) {
      line = 0;
      add(
          Problem.Kind.HEAD_MISSING,
          "entry "
              + expected.sequence()
              + " with the hash "
              + expected.hash()
              + " was the last once, and "
              + (head.sequence() < expected.sequence()
                  ? "the ledger ends with entry " + head.sequence() + ": its end was cut off"
                  : "another stands there now: the ledger was rewritten"));
    }
    return new Verification(entries, head, problems, problemCount);
  }

  private void add(Problem.Kind kind, String text) {
    problemCount++;
    if (problems.size() < KEPT) {
      problems.add(new Problem(kind, line, text));
    }
  }
}
