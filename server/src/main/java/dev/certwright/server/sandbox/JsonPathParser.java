package dev.certwright.server.sandbox;

import dev.certwright.server.sandbox.JsonPath.JsonPathException;
import dev.certwright.server.sandbox.JsonPath.Step;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link JsonPath}s: what stands in braces where kubectl writes them. */
final class JsonPathParser {
  private static final Pattern KEY = Pattern.compile("'([^']*)'");
  private static final Pattern SLICE = Pattern.compile("(-?\\d*)(?::(-?\\d*))?(?::(-?\\d*))?");
  private static final Pattern COMPARISON = Pattern.compile("([^!<>=]+)([!<>=]+)(.+)");
  private static final String TERMINATORS = " \t\r\n.,[]$@{}";

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private int at;

  JsonPathParser(String text) {
    this.text = text;
  }

  JsonPath parse() {
    while (at < text.length()) {
      step();
    }
    return new JsonPath(List.copyOf(steps));
  }

  private static JsonPathException malformed(String problem) {
    return new JsonPathException(problem);
  }

  private void step() {
    char c = text.charAt(at);
    if (text.startsWith("[?(", at)) {
      filter();
    } else if (text.startsWith("..", at)) {
      if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof JsonPath.Recursive) {
        throw malformed("'..' after '..'");
      }
      at += 2;
      steps.add(new JsonPath.Recursive());
      if (at < text.length()
          && (text.charAt(at) == '_' || Character.isLetterOrDigit(text.charAt(at)))) {
        field();
      }
    } else if (c == ' ' || c == '@' || c == '$') {
      at++;
    } else if (c == '[') {
      brackets();
    } else if (c == '"' || c == '\'') {
      quoted(c);
    } else if (c == '.') {
      at++;
      field();
    } else if (c == '+' || c == '-' || Character.isDigit(c)) {
      number();
    } else if (c == '_' || Character.isLetter(c)) {
      word();
    } else {
      throw malformed("an unexpected character");
    }
  }

  private String untilTerminator(boolean escapes) {
    StringBuilder name = new StringBuilder();
    while (at < text.length() && TERMINATORS.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at++);
      if (escapes && c == '\\') {
        if (at < text.length()) {
          name.append(text.charAt(at++));
        }
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  private void field() {
    int from = at;
    String name = untilTerminator(true);
    steps.add(
        text.substring(from, at).equals("*") ? new JsonPath.Wildcard() : new JsonPath.Field(name));
  }

  private void word() {
    String word = untilTerminator(false);
    if (!word.equals("true") && !word.equals("false")) {
      throw malformed("'" + word + "' is no value");
    }
    steps.add(new JsonPath.Constant(YamlBoolean.of(word.equals("true"))));
  }

  private void number() {
    int from = at++;
    while (at < text.length() && (text.charAt(at) == '.' || Character.isDigit(text.charAt(at)))) {
      at++;
    }
    String number = text.substring(from, at);
    try {
      YamlValue value =
          number.indexOf('.') < 0
              ? YamlNumber.of(Long.parseLong(number))
              : YamlNumber.of(Double.parseDouble(number));
      steps.add(new JsonPath.Constant(value));
    } catch (IllegalArgumentException none) {
      throw malformed("'" + number + "' is no number");
    }
  }

  private void quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        steps.add(new JsonPath.Constant(YamlString.of(value.toString())));
        return;
      }
      if (c == '\\' && at + 1 < text.length()) {
        c = text.charAt(++at);
      }
      value.append(c);
    }
    throw malformed("a quote does not end");
  }

  private void brackets() {
    int end = text.indexOf(']', at);
    if (end < 0) {
      throw malformed("a bracket does not end");
    }
    String inside = text.substring(at + 1, end);
    at = end + 1;
    String[] parts = inside.split(",", -1);
    if (parts.length > 1) {
      List<JsonPath> paths = new ArrayList<>();
      for (String part : parts) {
        paths.add(JsonPath.parse("[" + part.strip() + "]"));
      }
      steps.add(new JsonPath.Union(paths));
      return;
    }
    Matcher key = KEY.matcher(inside);
    if (key.matches()) {
      steps.addAll(JsonPath.parse("." + key.group(1)).steps());
      return;
    }
    steps.add(slice(inside.equals("*") ? ":" : inside));
  }

  private static Step slice(String text) {
    Matcher slice = SLICE.matcher(text);
    if (!slice.matches()) {
      throw malformed("'" + text + "' is no index");
    }
    try {
      int begin = number(slice.group(1), 0);
      boolean one = slice.group(2) == null;
      // One element from behind ends at the end, where 0 would be the beginning.
      boolean toEnd = one ? begin == -1 : slice.group(2).isEmpty();
      int end = one ? begin + 1 : number(slice.group(2), 0);
      return new JsonPath.Slice(begin, end, toEnd, number(slice.group(3), 1));
    } catch (NumberFormatException none) {
      throw malformed("'" + text + "' is no index");
    }
  }

  private static int number(String text, int otherwise) {
    return text == null || text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  private void filter() {
    int from = at + "[?(".length();
    char quote = 0;
    int quotes = 0;
    for (at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        if (quotes == 0) {
          quote = c;
          quotes = 1;
        } else if (c == quote && text.charAt(at - 1) != '\\') {
          quotes = 2;
        }
      } else if (c == ')' && quotes != 1) {
        break;
      }
    }
    if (!text.startsWith(")]", at)) {
      throw malformed("a filter does not end");
    }
    String inside = text.substring(from, at);
    at += 2;
    Matcher comparison = COMPARISON.matcher(inside);
    steps.add(
        comparison.matches()
            ? new JsonPath.Comparing(
                JsonPath.parse(comparison.group(1)),
                comparison.group(2),
                JsonPath.parse(comparison.group(3)))
            : new JsonPath.Having(JsonPath.parse(inside)));
  }
}
