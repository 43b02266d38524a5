package dev.certwright.server.sandbox;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.QueryParameters;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.pipeline.StatusObject.Cause;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the query of a list or a watch says, and what upstream says when it is wrong ({@code
 * ValidateListOptions}).
 *
 * @param version {@code resourceVersion}, empty if none is given
 * @param seconds {@code timeoutSeconds}, 0 if none are given
 * @param limit how many at most, 0 or less for all
 * @param next {@code continue}, empty if none is given
 * @param initialEvents whether a watch begins with what there is, null if it is not said
 */
record ListOptions(
    String version, long seconds, long limit, String next, @Nullable Boolean initialEvents) {
  private static final String MATCH = "resourceVersionMatch";
  private static final String INITIAL = "sendInitialEvents";

  /**
   * Those of a call.
   *
   * @throws RefusedException if there can be no such
   */
  static ListOptions of(Call call, boolean watch) {
    QueryParameters query = call.query();
    ListOptions options =
        new ListOptions(
            text(query, "resourceVersion"),
            number(call, "timeoutSeconds"),
            number(call, "limit"),
            text(query, "continue"),
            truth(query.text(INITIAL)));
    List<Cause> causes = new ArrayList<>();
    String match = text(query, MATCH);
    if (watch) {
      options.watchProblems(match, causes);
    } else {
      options.listProblems(match, causes);
    }
    if (!causes.isEmpty()) {
      throw new RefusedException(
          call.answer(422, StatusObject.invalid("ListOptions", "meta.k8s.io", causes)));
    }
    return options;
  }

  private static String text(QueryParameters query, String key) {
    String text = query.text(key);
    return text == null ? "" : text;
  }

  private static long number(Call call, String key) {
    String text = call.query().text(key);
    if (text == null) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      boolean digits = text.matches("[+-]?[0-9]+");
      throw new RefusedException(
          call.answer(
              400,
              StatusObject.badRequest(
                  "strconv.ParseInt: parsing "
                      + GoText.quote(text)
                      + (digits ? ": value out of range" : ": invalid syntax"))));
    }
  }

  private static @Nullable Boolean truth(@Nullable String text) {
    return text == null ? null : !text.equals("0") && !text.equalsIgnoreCase("false");
  }

  private void listProblems(String match, List<Cause> causes) {
    if (!match.isEmpty()) {
      if (version.isEmpty()) {
        forbid(
            MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided", causes);
      }
      if (!next.isEmpty()) {
        forbid(MATCH, "resourceVersionMatch is forbidden when continue is provided", causes);
      }
      if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
        unsupported(match, "\"Exact\", \"NotOlderThan\", \"\"", causes);
      }
      if (match.equals("Exact") && version.equals("0")) {
        forbid(
            MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"", causes);
      }
    }
    if (initialEvents != null) {
      forbid(INITIAL, "sendInitialEvents is forbidden for list", causes);
    }
  }

  private void watchProblems(String match, List<Cause> causes) {
    if (initialEvents != null && !match.equals("NotOlderThan")) {
      forbid(
          MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan", causes);
    }
    if (!match.isEmpty()) {
      if (initialEvents == null) {
        forbid(
            MATCH,
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided",
            causes);
      }
      if (!match.equals("NotOlderThan")) {
        unsupported(match, "\"NotOlderThan\"", causes);
      }
      if (!next.isEmpty()) {
        forbid(MATCH, "resourceVersionMatch is forbidden when continue is provided", causes);
      }
    }
  }

  private static void forbid(String field, String why, List<Cause> causes) {
    causes.add(new Cause("FieldValueForbidden", "Forbidden: " + why, field));
  }

  private static void unsupported(String match, String supported, List<Cause> causes) {
    causes.add(
        new Cause(
            "FieldValueNotSupported",
            "Unsupported value: " + GoText.quote(match) + ": supported values: " + supported,
            MATCH));
  }

  /** What is wrong with a text that should be a version, empty if nothing is. */
  static String versionProblem(String version) {
    if (version.isEmpty()) {
      return "";
    }
    try {
      long unused = Long.parseUnsignedLong(version);
      if (version.charAt(0) != '+') {
        return "";
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    return "resourceVersion: Invalid value: "
        + GoText.quote(version)
        + ": strconv.ParseUint: parsing "
        + GoText.quote(version)
        + (version.matches("[0-9]+") ? ": value out of range" : ": invalid syntax");
  }

  /** The answer to who knows a version that is not there yet; null if this one is. */
  static @Nullable YamlMapping tooNew(String version, long current) {
    if (version.isEmpty() || Long.compareUnsigned(Long.parseUnsignedLong(version), current) <= 0) {
      return null;
    }
    YamlMapping cause =
        YamlMapping.builder()
            .put("reason", "ResourceVersionTooLarge")
            .put("message", "Too large resource version")
            .build();
    return StatusObject.of(
        504,
        "Timeout",
        "Timeout: Too large resource version: " + version + ", current: " + current,
        YamlMapping.builder()
            .put("causes", YamlSequence.of(List.of(cause)))
            .put("retryAfterSeconds", 1)
            .build());
  }
}
