package dev.certwright.yaml;

/**
 * The text is not what it should be; the root of all exceptions of this module.
 *
 * <p>The message is {@code source:line:column: what was found}. Nothing of a scalar's content is
 * quoted in it beyond what the caller passes: texts may hold secrets.
 */
public class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;
  private final String problem;

  /**
   * Something is wrong at a place.
   *
   * @param source file name or another name of the text, for the message
   * @param position where; {@link YamlPosition#NONE} if it concerns the whole text
   * @param problem what was found, lower case, no full stop
   */
  public YamlException(String source, YamlPosition position, String problem) {
    super(
        position.line() == 0
            ? source + ": " + problem
            : source + ":" + position.line() + ":" + position.column() + ": " + problem);
    this.source = source;
    this.line = position.line();
    this.column = position.column();
    this.problem = problem;
  }

  /** Name of the text as it was given to the reader. */
  public String source() {
    return source;
  }

  /** Where the problem is; {@link YamlPosition#NONE} if it concerns the whole text. */
  public YamlPosition position() {
    return new YamlPosition(line, column);
  }

  /** The message without source and position. */
  public String problem() {
    return problem;
  }
}
