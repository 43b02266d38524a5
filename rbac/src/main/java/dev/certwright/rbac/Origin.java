package dev.certwright.rbac;

/**
 * Where an object was read.
 *
 * @param source file name or another name of the text; empty if the object was made, not read
 * @param line of the object's first key, first line is 1; 0 if the object was made, not read
 */
public record Origin(String source, int line) {

  /** Of objects that were made, not read. */
  public static final Origin NONE = new Origin("", 0);

  /** As messages give it, {@code file:line}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
