package dev.certwright.revocation.authorization;

import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.util.List;

/**
 * Webhook authorizers that refuse and never call anybody. One is skipped when any condition is
 * false; when none is false and one fails, {@code failurePolicy: Deny} refuses without a call (rule
 * AC-11). So the first condition is the list, and the second fails on purpose, with the text that
 * the user reads. With the failing part inside the first, the whole list would be that text.
 */
final class DenyAuthorizerText {
  private DenyAuthorizerText() {}

  static String of(
      List<Refusals> refusals, String kubeConfigFile, int indent, String begin, String end) {
    String blanks = " ".repeat(indent);
    StringBuilder text = new StringBuilder(blanks);
    text.append(begin).append("\n");
    for (Refusals refusal : refusals) {
      append(text, refusal, kubeConfigFile, blanks);
    }
    return text.append(blanks).append(end).append('\n').toString();
  }

  private static void append(
      StringBuilder text, Refusals refusal, String kubeConfigFile, String blanks) {
    line(text, blanks, "- type: Webhook");
    line(text, blanks, "  name: " + refusal.name());
    line(text, blanks, "  webhook:");
    line(text, blanks, "    timeout: 1s");
    line(text, blanks, "    authorizedTTL: 1s");
    line(text, blanks, "    unauthorizedTTL: 1s");
    line(text, blanks, "    subjectAccessReviewVersion: v1");
    line(text, blanks, "    matchConditionSubjectAccessReviewVersion: v1");
    line(text, blanks, "    failurePolicy: Deny");
    line(text, blanks, "    connectionInfo:");
    line(text, blanks, "      type: KubeConfigFile");
    text.append(blanks).append("      kubeConfigFile: ");
    YamlWriter.appendString(text, kubeConfigFile);
    text.append('\n');
    line(text, blanks, "    matchConditions:");
    // One id a line, so that a diff of two lists reads well.
    line(text, blanks, "    - expression: |-");
    String condition = refusal.condition();
    for (int at = 0; at <= condition.length(); ) {
      int next = condition.indexOf('\n', at);
      next = next < 0 ? condition.length() : next;
      text.append(blanks).append("        ").append(condition, at, next).append('\n');
      at = next + 1;
    }
    line(text, blanks, "    - expression: |-");
    StringBuilder failing = new StringBuilder("        {'': true}[");
    CelText.appendLiteral(failing, refusal.message());
    line(text, blanks, failing.append(']').toString());
  }

  private static void line(StringBuilder text, String blanks, String line) {
    text.append(blanks).append(line).append('\n');
  }

  /** What the lines mean. */
  static List<YamlValue> read(String lines) {
    if (YamlReader.strict().read("denylist", lines) instanceof YamlSequence list) {
      return list.values();
    }
    throw new IllegalStateException("the lines of a denylist are no list");
  }
}
