package dev.certwright.cli.output;

import dev.certwright.cli.Console;
import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, as kubectl prints them; text is made safe for terminals. */
public final class Table {
  private static final int GAP = 3;

  private final List<List<String>> rows = new ArrayList<>();

  /** With these headings. */
  public Table(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /** Adds a row of as many cells as there are headings. */
  public void add(List<String> cells) {
    List<String> safe = new ArrayList<>(cells.size());
    for (String cell : cells) {
      safe.add(SafeText.ofEscaped(cell));
    }
    rows.add(safe);
  }

  /** Prints it to standard output. */
  public void print(Console console) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        String cell = row.get(i);
        text.append(cell);
        if (i + 1 < columns) {
          text.append(" ".repeat(widths[i] - cell.codePointCount(0, cell.length()) + GAP));
        }
      }
      text.append('\n');
    }
    console.out().print(text);
  }
}
