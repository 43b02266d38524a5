package dev.certwright.rbac.lines;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** Writes JSON objects, one a line, into a buffer of bytes. */
final class LineWriter {
  private static final int FLUSH_FROM = 1 << 15;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final OutputStream out;
  private byte[] buffer = new byte[1 << 16];
  private int length;
  private boolean first;

  LineWriter(OutputStream out) {
    this.out = out;
  }

  LineWriter begin() {
    plain('{');
    first = true;
    return this;
  }

  /** Ends a line; what is written goes out when there is much of it. */
  void end() throws IOException {
    plain('}');
    plain('\n');
    if (length >= FLUSH_FROM) {
      drain();
    }
  }

  /** Sends everything out. */
  void flush() throws IOException {
    drain();
    out.flush();
  }

  private void drain() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }

  private void key(String key) {
    if (!first) {
      plain(',');
    }
    first = false;
    string(key);
    plain(':');
  }

  LineWriter text(String key, String value) {
    key(key);
    string(value);
    return this;
  }

  LineWriter flag(String key, boolean value) {
    return json(key, value ? "true" : "false");
  }

  /** A value that is JSON already, of ASCII characters or a text that was quoted by us. */
  LineWriter json(String key, String value) {
    key(key);
    for (int i = 0; i < value.length(); i++) {
      plain(value.charAt(i));
    }
    return this;
  }

  LineWriter texts(String key, List<String> values) {
    key(key);
    plain('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        plain(',');
      }
      string(values.get(i));
    }
    plain(']');
    return this;
  }

  /** Begins a list of objects. */
  void beginList(String key) {
    key(key);
    plain('[');
  }

  /** Begins an object of a list. */
  void beginItem(boolean firstItem) {
    if (!firstItem) {
      plain(',');
    }
    plain('{');
    first = true;
  }

  void endItem() {
    plain('}');
    first = false;
  }

  void endList() {
    plain(']');
    first = false;
  }

  private void plain(char ascii) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, length * 2);
    }
    buffer[length++] = (byte) ascii;
  }

  private void string(String text) {
    int count = text.length();
    if (buffer.length - length < 6 * count + 2) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + 6 * count + 2));
    }
    byte[] bytes = buffer;
    int at = length;
    bytes[at++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        bytes[at++] = (byte) c;
      } else if (c < 0x80) {
        at = escape(bytes, at, c);
      } else if (c < 0x800) {
        bytes[at++] = (byte) (0xC0 | c >> 6);
        bytes[at++] = (byte) (0x80 | c & 0x3F);
      } else if (!Character.isSurrogate(c)) {
        at = three(bytes, at, c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < count
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        at = four(bytes, at, Character.toCodePoint(c, text.charAt(++i)));
      } else {
        // What is no character, such as a stray byte of a path, is not sent out as one.
        at = three(bytes, at, '\uFFFD');
      }
    }
    bytes[at++] = '"';
    length = at;
  }

  private static int escape(byte[] bytes, int from, char c) {
    int at = from;
    bytes[at++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[at++] = (byte) c;
      case '\n' -> bytes[at++] = 'n';
      case '\r' -> bytes[at++] = 'r';
      case '\t' -> bytes[at++] = 't';
      default -> {
        bytes[at++] = 'u';
        bytes[at++] = '0';
        bytes[at++] = '0';
        bytes[at++] = HEX[c >> 4];
        bytes[at++] = HEX[c & 0xF];
      }
    }
    return at;
  }

  private static int three(byte[] bytes, int at, char c) {
    bytes[at] = (byte) (0xE0 | c >> 12);
    bytes[at + 1] = (byte) (0x80 | c >> 6 & 0x3F);
    bytes[at + 2] = (byte) (0x80 | c & 0x3F);
    return at + 3;
  }

  private static int four(byte[] bytes, int at, int character) {
    bytes[at] = (byte) (0xF0 | character >> 18);
    bytes[at + 1] = (byte) (0x80 | character >> 12 & 0x3F);
    bytes[at + 2] = (byte) (0x80 | character >> 6 & 0x3F);
    bytes[at + 3] = (byte) (0x80 | character & 0x3F);
    return at + 4;
  }
}
