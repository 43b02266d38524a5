package dev.certwright.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Tabs between tokens, which go-yaml skips where no key could begin and SnakeYAML never does.
 *
 * <p>They are made blanks, one for one, so that all positions stay what they were.
 */
final class SeparatingTabs {

  /** How often one text is mended and parsed again before it is refused. */
  static final int ATTEMPTS = 32;

  private SeparatingTabs() {}

  /**
   * A text whose root is a flow collection, such as JSON indented by tabs, with the tabs around its
   * punctuation made blanks; any other text as it is.
   */
  static String inFlowRoot(String text) {
    if (text.indexOf('\t') < 0 || !beginsWithBracket(text)) {
      return text;
    }
    char[] chars = text.toCharArray();
    char quote = 0;
    char last = '\n';
    int depth = 0;
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (quote != 0) {
        if (c == '\\' && quote == '"') {
          i++;
        } else if (c == quote) {
          quote = 0;
          last = c;
        }
        continue;
      }
      if (c == '\t') {
        if (separates(last) || closes(nextAfterBlanks(chars, i))) {
          chars[i] = ' ';
        }
        continue;
      }
      if ((c == '"' || c == '\'') && separates(last)) {
        quote = c;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        break;
      }
      if (c != ' ') {
        last = c;
      }
    }
    return new String(chars);
  }

  /**
   * The text with the tabs at this place made blanks.
   *
   * @return null if there is no tab, or if upstream refuses it too: where a key or an item could
   *     begin, tabs are no indentation
   */
  static @Nullable String at(String text, int index) {
    if (index >= text.length() || text.charAt(index) != '\t') {
      return null;
    }
    int before = index - 1;
    while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
      before--;
    }
    if (before < 0
        || "\n\r-?\\".indexOf(text.charAt(before)) >= 0
        || endsExplicitKey(text, before)) {
      return null;
    }
    int end = index;
    while (end < text.length() && (text.charAt(end) == '\t' || text.charAt(end) == ' ')) {
      end++;
    }
    StringBuilder mended = new StringBuilder(text);
    for (int i = index; i < end; i++) {
      mended.setCharAt(i, ' ');
    }
    return mended.toString();
  }

  /** A colon that begins its line, behind which another key could begin. */
  private static boolean endsExplicitKey(String text, int index) {
    int at = index - 1;
    while (at >= 0 && text.charAt(at) == ' ') {
      at--;
    }
    return text.charAt(index) == ':'
        && (at < 0 || "\n\r\u0085\u2028\u2029".indexOf(text.charAt(at)) >= 0);
  }

  private static boolean beginsWithBracket(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\n' && c != '\r') {
        return c == '{' || c == '[';
      }
    }
    return false;
  }

  private static boolean separates(char c) {
    return "\n\r{}[],:".indexOf(c) >= 0;
  }

  private static boolean closes(char c) {
    return "\n\r}],".indexOf(c) >= 0;
  }

  private static char nextAfterBlanks(char[] chars, int index) {
    int at = index;
    while (at < chars.length && (chars[at] == ' ' || chars[at] == '\t')) {
      at++;
    }
    return at < chars.length ? chars[at] : '\n';
  }
}
