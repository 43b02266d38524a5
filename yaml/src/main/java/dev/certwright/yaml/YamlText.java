package dev.certwright.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text of a YAML or JSON file: bytes bounded before they are read, decoded strictly.
 *
 * <p>UTF-8, or UTF-16 when a byte order mark says so, as upstream's reader has it.
 */
public final class YamlText {
  private YamlText() {}

  /**
   * Reads a file.
   *
   * @throws YamlLimitException if it is larger than the limit; not more than the limit is ever
   *     read, whatever size the file system reports
   * @throws IOException if it cannot be read
   */
  public static byte[] read(Path file, YamlLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > limits.maxBytes()) {
        throw tooLarge(file.toString(), limits);
      }
      return read(file.toString(), in, limits);
    }
  }

  /**
   * Reads a stream to its end; it stays open.
   *
   * @throws YamlLimitException if more than the limit comes
   * @throws IOException if it cannot be read
   */
  public static byte[] read(String source, InputStream in, YamlLimits limits) throws IOException {
    byte[] bytes = in.readNBytes(limits.maxBytes());
    if (bytes.length == limits.maxBytes() && in.read() >= 0) {
      throw tooLarge(source, limits);
    }
    return bytes;
  }

  private static YamlLimitException tooLarge(String source, YamlLimits limits) {
    return new YamlLimitException(
        source, YamlPosition.NONE, "larger than " + limits.maxBytes() + " bytes");
  }

  /**
   * Decodes a text; a byte order mark is not part of it.
   *
   * @throws YamlLimitException if there are more bytes than the limit
   * @throws YamlException if the bytes are not the encoding, begin with two byte order marks, or
   *     hold NUL or another control character no YAML or JSON text may have
   */
  public static String decode(String source, byte[] bytes, YamlLimits limits) {
    if (bytes.length > limits.maxBytes()) {
      throw tooLarge(source, limits);
    }
    int mark = markLength(bytes);
    Charset charset = StandardCharsets.UTF_8;
    if (mark == 2) {
      charset = bytes[0] == (byte) 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    } else {
      refuseControls(source, bytes);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
    try {
      CharBuffer text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(in);
      if (mark > 0 && text.length() > 0 && text.charAt(0) == '\uFEFF') {
        throw new YamlException(source, YamlPosition.NONE, "two byte order marks");
      }
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new YamlException(
          source, positionAt(bytes, in.position()), "not " + charset.name() + " text");
    }
  }

  /** How many bytes of byte order mark the text begins with: 0, 2 (UTF-16) or 3 (UTF-8). */
  public static int markLength(byte[] bytes) {
    if (bytes.length >= 2) {
      int first = bytes[0] & 0xFF;
      int second = bytes[1] & 0xFF;
      if ((first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)) {
        return 2;
      }
      if (first == 0xEF && second == 0xBB && bytes.length >= 3 && bytes[2] == (byte) 0xBF) {
        return 3;
      }
    }
    return 0;
  }

  private static void refuseControls(String source, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if ((b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t') || b == 0x7F) {
        throw new YamlException(
            source,
            positionAt(bytes, i),
            b == 0 ? "a NUL byte, so not a text" : "control characters are not allowed");
      }
    }
  }

  private static YamlPosition positionAt(byte[] bytes, int index) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < index; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new YamlPosition(line, column);
  }
}
