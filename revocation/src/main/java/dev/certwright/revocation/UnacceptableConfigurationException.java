package dev.certwright.revocation;

import java.util.List;

/** A file is not what the one who reads it would accept. Nothing was written. */
public final class UnacceptableConfigurationException extends RevocationException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final String[] problems;

  /**
   * For a file with all its problems.
   *
   * @param source name of the file
   * @param problems at least one
   */
  public UnacceptableConfigurationException(String source, List<String> problems, String advice) {
    super(source + ": " + String.join("; ", problems), advice, null);
    this.source = source;
    this.problems = problems.toArray(new String[0]);
  }

  /** Name of the file. */
  public String source() {
    return source;
  }

  /** All that is wrong with it, in order. */
  public List<String> problems() {
    return List.of(problems);
  }
}
