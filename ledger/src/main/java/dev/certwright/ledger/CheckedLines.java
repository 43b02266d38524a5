package dev.certwright.ledger;

/** Passes lines on as long as each is intact and follows the one before. */
public final class CheckedLines implements LineVisitor {
  private final LineVisitor next;
  private final EntryReader reader = new EntryReader();
  private Head head = Head.NONE;

  /** Passes them on to this one. */
  public CheckedLines(LineVisitor next) {
    this.next = next;
  }

  /**
   * One line.
   *
   * @throws LedgerDamagedException if it is not as it was written, or not in its place
   */
  @Override
  public void visit(byte[] line) {
    try {
      EntryLine entry = EntryLine.of(line);
      if (!entry.intact()) {
        throw new LedgerDamagedException(
            "entry " + entry.sequence() + " was changed: its content does not have its hash");
      }
      if (!entry.follows(head)) {
        throw new LedgerDamagedException(
            "entry " + entry.sequence() + " does not follow entry " + head.sequence());
      }
      reader.read(line);
      next.visit(line);
      head = entry.head();
    } catch (EntryException notAnEntry) {
      throw new LedgerDamagedException(
          "the line after entry "
              + head.sequence()
              + " is no entry that can be read: "
              + notAnEntry.getMessage());
    }
  }

  /** The last line that was passed on. */
  public Head head() {
    return head;
  }
}
