package dev.certwright.authentication.csv;

/** Text that is no CSV. The message is Go's: it says where, and nothing of what stands there. */
public final class CsvException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;

  CsvException(String text) {
    super(text);
    this.text = text;
  }

  /** The message. */
  public String text() {
    return text;
  }
}
