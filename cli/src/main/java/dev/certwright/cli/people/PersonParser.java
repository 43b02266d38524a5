package dev.certwright.cli.people;

import java.io.IOException;

/** One form of a list. */
interface PersonParser {

  /**
   * Whether the first line names the columns; the parser then keeps them in mind.
   *
   * @throws IOException if it seems to, and is not understood: nothing after it can be trusted
   */
  boolean isHeader(String text, long line) throws IOException;

  /**
   * Reads a line.
   *
   * @throws LineException if it is malformed
   * @throws IOException if it is so malformed that nothing after it can be trusted
   */
  Person parse(String text, long line) throws IOException;
}
