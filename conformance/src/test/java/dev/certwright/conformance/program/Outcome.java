package dev.certwright.conformance.program;

/**
 * What came of a program.
 *
 * @param command what was run, for messages
 * @param exitCode how it ended
 * @param out standard output
 * @param err standard error
 */
public record Outcome(String command, int exitCode, String out, String err) {

  /**
   * Standard output of a program that succeeded.
   *
   * @throws AssertionError if it did not
   */
  public String expectSuccess() {
    return expect(0).out();
  }

  /**
   * This, if it ended with that code.
   *
   * @throws AssertionError if it did not
   */
  public Outcome expect(int code) {
    if (exitCode != code) {
      throw new AssertionError(
          command + "\nended with " + exitCode + ", expected " + code + "\n" + err + out);
    }
    return this;
  }
}
