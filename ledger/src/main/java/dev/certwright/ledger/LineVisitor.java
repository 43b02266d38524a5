package dev.certwright.ledger;

/** Takes the lines of a ledger one by one. */
public interface LineVisitor {

  /**
   * One line.
   *
   * @param line without its line end; not kept by who calls
   */
  void visit(byte[] line);
}
