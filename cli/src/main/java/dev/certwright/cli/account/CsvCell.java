package dev.certwright.cli.account;

/**
 * Text as a spreadsheet may read it: an apostrophe stands before whatever would make a cell a
 * formula ({@code = + - @}, their full-width forms, tab, carriage return, line feed), which runs on
 * the machine of whoever opens the file (CWE-1236). It also stands where a cell begins for a
 * spreadsheet that takes the semicolon for the separator, and before apostrophes, so that programs
 * take one away wherever one stands in such a place, and have what was there.
 */
final class CsvCell {
  private static final String DANGEROUS = "=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20";
  private static final String SEPARATORS = ",;\t\r\n";

  private CsvCell() {}

  /** The text with apostrophes; itself if it needs none. */
  static String of(String text) {
    StringBuilder cell = null;
    boolean begins = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (begins && DANGEROUS.indexOf(c) >= 0) {
        if (cell == null) {
          cell = new StringBuilder(text.length() + 4).append(text, 0, i);
        }
        cell.append('\'');
      }
      if (cell != null) {
        cell.append(c);
      }
      // Some pass over spaces before a formula.
      begins = SEPARATORS.indexOf(c) >= 0 || begins && c == ' ';
    }
    return cell == null ? text : cell.toString();
  }
}
