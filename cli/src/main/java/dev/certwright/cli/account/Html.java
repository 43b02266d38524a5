package dev.certwright.cli.account;

import dev.certwright.x509.SafeText;

/** Builds HTML of which every text is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder(1 << 16);

  /** Markup of our own, never text from outside. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Text from anywhere: what HTML would take for markup, and what a reader cannot see, escaped. */
  Html text(String text) {
    String safe = SafeText.ofEscaped(text);
    for (int i = 0; i < safe.length(); i++) {
      char c = safe.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return this;
  }

  /** A number. */
  Html number(long number) {
    out.append(number);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
