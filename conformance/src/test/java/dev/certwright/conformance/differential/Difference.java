package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One respect in which two answers differ, or what went wrong while they were made.
 *
 * @param kind a short stable name; what is wanted is listed by it in {@link Disagreements}
 * @param detail ours and upstream's, for people
 * @param canBeWanted false for what is a finding whatever the reason
 */
public record Difference(String kind, String detail, boolean canBeWanted) {
  private static final String OURS = "dev.certwright.";

  /** One that may be listed. */
  public Difference(String kind, String detail) {
    this(kind, detail, true);
  }

  /** Upstream's code panicked, which is no refusal. */
  static Difference panic(YamlMapping answer) {
    return new Difference("panic", "upstream: " + Choices.text(answer, "panic"), false);
  }

  /** Upstream's program ended instead of answering. */
  static Difference noAnswer() {
    return new Difference("no-answer", "upstream's program ended", false);
  }

  /** Our half, or the comparison, failed; the kind tells where. */
  static Difference failure(Throwable thrown) {
    String where = "";
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith(OURS)) {
        where =
            " in " + frame.getClassName().substring(OURS.length()) + "." + frame.getMethodName();
        break;
      }
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return new Difference(thrown.getClass().getSimpleName() + where, trace.toString(), false);
  }
}
