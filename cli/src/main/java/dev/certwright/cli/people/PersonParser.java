package dev.certwright.cli.people;

/** One form of a list. */
interface PersonParser {

  /** Whether the first line names the columns; the parser then keeps them in mind. */
  boolean isHeader(String text, long line);

  /**
   * Reads a line.
   *
   * @throws LineException if it is malformed
   */
  Person parse(String text, long line);
}
