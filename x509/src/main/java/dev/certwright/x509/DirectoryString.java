package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text in a name, in the string types that kube-apiserver reads (rule XS-04). */
final class DirectoryString {
  private DirectoryString() {}

  /**
   * Reads the next element.
   *
   * @return the text, or null if the element is of another type
   * @throws DerException if the bytes do not fit the type
   */
  static @Nullable String read(DerReader reader) {
    int tag = reader.peekTag();
    byte[] bytes = reader.readAny().remaining();
    return switch (tag) {
      case Tag.UTF8_STRING -> utf8(bytes);
      case Tag.PRINTABLE_STRING -> printable(bytes);
      case Tag.IA5_STRING -> ascii(bytes);
      case Tag.NUMERIC_STRING -> numeric(bytes);
      case Tag.T61_STRING -> new String(bytes, StandardCharsets.ISO_8859_1);
      case Tag.BMP_STRING -> bmp(bytes);
      default -> null;
    };
  }

  private static String utf8(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        try {
          return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException invalid) {
          throw new DerException("a UTF8String that is not UTF-8");
        }
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String ascii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        throw new DerException("an IA5String with a byte above 7F");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String printable(byte[] bytes) {
    for (byte b : bytes) {
      boolean letterOrDigit = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
      if (!letterOrDigit && " '()+,-./:=?*&".indexOf(b) < 0) {
        throw new DerException("a PrintableString with a character it must not have");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String numeric(byte[] bytes) {
    for (byte b : bytes) {
      if (!(b >= '0' && b <= '9' || b == ' ')) {
        throw new DerException("a NumericString with a character that is no digit");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static String bmp(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      throw new DerException("a BMPString of an odd number of bytes");
    }
    int length = bytes.length;
    if (length >= 2 && bytes[length - 1] == 0 && bytes[length - 2] == 0) {
      length -= 2;
    }
    StringBuilder text = new StringBuilder(length / 2);
    for (int i = 0; i < length; i += 2) {
      char c = (char) (bytes[i] << 8 | bytes[i + 1] & 0xFF);
      if (Character.isSurrogate(c) || c >= 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF) {
        throw new DerException("a BMPString with a code unit that is no character");
      }
      text.append(c);
    }
    return text.toString();
  }
}
