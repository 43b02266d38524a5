package dev.certwright.rbac;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Texts as Go prints them, where messages of kube-apiserver have to be met byte for byte.
 *
 * <p>A Java string stands for bytes that need not be UTF-8: a lone low surrogate {@code U+DC80} to
 * {@code U+DCFF} is the byte {@code 0x80} to {@code 0xFF} that belongs to no character. Only
 * request paths can hold such bytes.
 */
public final class GoText {
  private static final int FIRST_STRAY_BYTE = 0xDC80;
  private static final int LAST_STRAY_BYTE = 0xDCFF;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** By bytes, as Go compares strings: the order of characters, not of UTF-16. */
  public static final Comparator<String> ORDER = GoText::compare;

  private GoText() {}

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? a - b : Character.isSurrogate(a) ? afterBasic(b) : -afterBasic(a);
      }
    }
    return one.length() - other.length();
  }

  // Characters beyond the basic plane come after all of it.
  private static int afterBasic(char basic) {
    return 0x10000 - basic;
  }

  /** As the verb {@code %q} and {@code strconv.Quote} write it (rule RS-11). */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    appendQuoted(out, text);
    return out.toString();
  }

  /** Whether Go prints a character as it is. */
  public static boolean isPrintable(int character) {
    return Printable.contains(character);
  }

  /** Appends what {@link #quote} gives. */
  public static void appendQuoted(StringBuilder out, String text) {
    out.append('"');
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        out.append(c);
      } else if (c < 0x80) {
        control(out, c);
      } else {
        int character = text.codePointAt(i);
        i += Character.charCount(character) - 1;
        other(out, character);
      }
    }
    out.append('"');
  }

  /** A text as {@code encoding/json} of Go writes it, with what HTML might misread escaped. */
  public static String json(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    appendJson(out, text);
    return out.toString();
  }

  /** Texts as {@code encoding/json} of Go writes a list of them. */
  public static String json(List<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : ",");
      appendJson(out, texts.get(i));
    }
    return out.append(']').toString();
  }

  private static void appendJson(StringBuilder out, String text) {
    out.append('"');
    String whole = replaceStray(text);
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', 0x2028, 0x2029 -> hex(out.append("\\u"), c, 4);
        default -> {
          if (c < ' ') {
            hex(out.append("\\u"), c, 4);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void control(StringBuilder out, char c) {
    switch (c) {
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0B -> out.append("\\v");
      default -> hex(out.append("\\x"), c, 2);
    }
  }

  private static void other(StringBuilder out, int character) {
    if (isStrayByte(character)) {
      hex(out.append("\\x"), character - FIRST_STRAY_BYTE + 0x80, 2);
    } else if (Printable.contains(character)) {
      out.appendCodePoint(character);
    } else if (character < 0x10000) {
      hex(out.append("\\u"), character, 4);
    } else {
      hex(out.append("\\U"), character, 8);
    }
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX[value >>> shift & 0xF]);
    }
  }

  /** Whether the character stands for a byte that belongs to no character. */
  public static boolean isStrayByte(int character) {
    return character >= FIRST_STRAY_BYTE && character <= LAST_STRAY_BYTE;
  }

  /** The character that stands for a byte, {@code 0x80} to {@code 0xFF}, of no character. */
  public static char strayByte(int value) {
    return (char) (FIRST_STRAY_BYTE + value - 0x80);
  }

  /**
   * The text as Go's JSON encoder and decoder leave it: whatever is not a character becomes U+FFFD,
   * each byte and each lone surrogate one.
   */
  public static String replaceStray(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceStrayFrom(text, i);
      }
    }
    return text;
  }

  private static String replaceStrayFrom(String text, int from) {
    StringBuilder out = new StringBuilder(text.length()).append(text, 0, from);
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        out.append('\uFFFD');
      }
    }
    return out.toString();
  }

  /** The text of bytes; a byte that belongs to no character is a stray one. */
  public static String ofUtf8(byte[] bytes, int start, int length) {
    int end = start + length;
    StringBuilder out = new StringBuilder(length);
    for (int i = start; i < end; ) {
      int first = bytes[i] & 0xFF;
      int size = first < 0x80 ? 1 : characterSize(bytes, i, end);
      if (size == 0) {
        out.append(strayByte(first));
        i++;
        continue;
      }
      int value = size == 1 ? first : first & (0xFF >> (size + 1));
      for (int j = 1; j < size; j++) {
        value = value << 6 | bytes[i + j] & 0x3F;
      }
      out.appendCodePoint(value);
      i += size;
    }
    return out.toString();
  }

  // Table 3-7 of the Unicode standard: 0 where no well-formed sequence begins.
  private static int characterSize(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  /**
   * What {@code strconv.IsPrint} says of a character, from the tables of the Go in use upstream.
   */
  private static final class Printable {
    private static final int[] BOUNDARIES = read();

    static boolean contains(int character) {
      int found = Arrays.binarySearch(BOUNDARIES, character);
      // Runs alternate, the first is not printable and begins at 0.
      int run = found >= 0 ? found : -found - 2;
      return (run & 1) == 1;
    }

    private static int[] read() {
      byte[] bytes;
      try (InputStream in = GoText.class.getResourceAsStream("printable.bin")) {
        if (in == null) {
          throw new IllegalStateException("printable.bin is missing from the program");
        }
        bytes = in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      int[] boundaries = new int[bytes.length + 1];
      int count = 1;
      int at = 0;
      int character = 0;
      while (at < bytes.length) {
        int length = 0;
        int shift = 0;
        while (bytes[at] < 0) {
          length |= (bytes[at++] & 0x7F) << shift;
          shift += 7;
        }
        length |= bytes[at++] << shift;
        character += length;
        boundaries[count++] = character;
      }
      return Arrays.copyOf(boundaries, count);
    }
  }
}
