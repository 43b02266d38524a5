package dev.certwright.yaml;

/**
 * Where a value or a key begins.
 *
 * @param line first line is 1; 0 if the value was not read from a text
 * @param column in Unicode code points, first column is 1; 0 if the value was not read from a text
 */
public record YamlPosition(int line, int column) {

  /** Of values that were made, not read. */
  public static final YamlPosition NONE = new YamlPosition(0, 0);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
