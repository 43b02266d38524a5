package dev.certwright.rbac.request;

import dev.certwright.rbac.internal.NameSyntax;
import java.util.List;

/**
 * Which texts {@code labels.Parse} of apimachinery takes for label selectors. What they select does
 * not matter to a decision; that they can be read does. Texts have one character a byte.
 */
public final class LabelSelectorSyntax {
  private enum Token {
    END,
    IDENTIFIER,
    COMMA,
    NOT,
    EQUALS,
    DOUBLE_EQUALS,
    NOT_EQUALS,
    GREATER,
    LESS,
    IN,
    NOT_IN,
    OPEN,
    CLOSE,
    ERROR
  }

  private final String text;
  private int at;
  private Token token = Token.END;
  private String literal = "";

  private LabelSelectorSyntax(String text) {
    this.text = text;
  }

  /** What upstream says is wrong with the key of a label, nothing if it is one. */
  public static List<String> keyProblems(String key) {
    return NameSyntax.labelKey(key);
  }

  /** What upstream says is wrong with the value of a label, nothing if it is one. */
  public static List<String> valueProblems(String value) {
    return NameSyntax.labelValue(value);
  }

  /** Whether a text is a label selector. */
  public static boolean isSelector(String text) {
    return isValid(ByteText.of(text));
  }

  static boolean isValid(String text) {
    LabelSelectorSyntax syntax = new LabelSelectorSyntax(text);
    syntax.advance();
    return syntax.requirements();
  }

  /** Whether a text is an integer of 64 bits as Go's {@code strconv.ParseInt} takes it. */
  static boolean isInteger(String text) {
    int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (from == text.length()) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean requirements() {
    while (true) {
      if (token == Token.END) {
        return true;
      }
      if (!requirement()) {
        return false;
      }
      if (token == Token.END) {
        return true;
      }
      if (token != Token.COMMA) {
        return false;
      }
      advance();
      if (!isWord() && token != Token.NOT) {
        return false;
      }
    }
  }

  // Where a value may stand, the operators that are words are values.
  private boolean isWord() {
    return token == Token.IDENTIFIER || token == Token.IN || token == Token.NOT_IN;
  }

  private boolean requirement() {
    boolean not = token == Token.NOT;
    if (not) {
      advance();
    }
    if (!isWord() || !NameSyntax.labelKey(literal).isEmpty()) {
      return false;
    }
    advance();
    if (token == Token.END || token == Token.COMMA) {
      return true;
    }
    if (not) {
      return false;
    }
    Token operator = token;
    advance();
    return switch (operator) {
      case IN, NOT_IN -> values();
      case EQUALS, DOUBLE_EQUALS, NOT_EQUALS -> exactValue(false);
      case GREATER, LESS -> exactValue(true);
      default -> false;
    };
  }

  private boolean exactValue(boolean integer) {
    if (token == Token.END || token == Token.COMMA) {
      return !integer;
    }
    if (!isWord() || !NameSyntax.labelValue(literal).isEmpty() || integer && !isInteger(literal)) {
      return false;
    }
    advance();
    return true;
  }

  private boolean values() {
    if (token != Token.OPEN) {
      return false;
    }
    advance();
    while (token != Token.CLOSE) {
      if (isWord()) {
        if (!NameSyntax.labelValue(literal).isEmpty()) {
          return false;
        }
        advance();
        if (token != Token.COMMA && token != Token.CLOSE) {
          return false;
        }
      } else if (token == Token.COMMA) {
        advance();
      } else {
        return false;
      }
    }
    advance();
    return true;
  }

  private void advance() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      token = Token.END;
      literal = "";
    } else if (text.charAt(at) == 0) {
      // Upstream's reader takes a NUL for the end, and reads on behind it where it asks again.
      at++;
      token = Token.END;
      literal = "";
    } else if (isSymbol(text.charAt(at))) {
      symbol();
    } else {
      word();
    }
  }

  private void word() {
    int from = at;
    while (at < text.length() && text.charAt(at) != 0) {
      char c = text.charAt(at);
      if (isBlank(c) || isSymbol(c)) {
        break;
      }
      at++;
    }
    literal = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == 0) {
      at++;
    }
    token =
        literal.equals("in") ? Token.IN : literal.equals("notin") ? Token.NOT_IN : Token.IDENTIFIER;
  }

  // The longest operator from here; symbols that are none are put together until one results.
  private void symbol() {
    StringBuilder read = new StringBuilder();
    Token found = Token.ERROR;
    while (at < text.length() && isSymbol(text.charAt(at))) {
      read.append(text.charAt(at));
      Token longer = operator(read.toString());
      if (longer != Token.ERROR) {
        found = longer;
        literal = read.toString();
      } else if (found != Token.ERROR) {
        break;
      }
      at++;
    }
    if (at < text.length() && text.charAt(at) == 0) {
      at++;
    }
    token = found;
  }

  private static Token operator(String symbols) {
    return switch (symbols) {
      case ")" -> Token.CLOSE;
      case "(" -> Token.OPEN;
      case "," -> Token.COMMA;
      case "!" -> Token.NOT;
      case "=" -> Token.EQUALS;
      case "==" -> Token.DOUBLE_EQUALS;
      case "!=" -> Token.NOT_EQUALS;
      case ">" -> Token.GREATER;
      case "<" -> Token.LESS;
      default -> Token.ERROR;
    };
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isSymbol(char c) {
    return "=!(),><".indexOf(c) >= 0;
  }
}
