package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The two time types as kube-apiserver's parser reads them (rule XS-15). */
final class TimeReader {
  private TimeReader() {}

  /**
   * Reads UTCTime or GeneralizedTime.
   *
   * @throws DerException if the text is no time of that type
   */
  static Instant read(DerReader reader) {
    int tag = reader.peekTag();
    if (tag != Tag.UTC_TIME && tag != Tag.GENERALIZED_TIME) {
      throw new DerException("expected a time, found tag 0x" + Integer.toHexString(tag));
    }
    String text = new String(reader.readAny().remaining(), StandardCharsets.ISO_8859_1);
    Cursor cursor = new Cursor(text);
    int year;
    if (tag == Tag.UTC_TIME) {
      int two = cursor.digits(2);
      // Go pivots at 69 when it reads and RFC 5280 at 50; years from 2050 are then moved back.
      year = two >= 50 ? 1900 + two : 2000 + two;
    } else {
      year = cursor.digits(4);
    }
    int month = cursor.digits(2);
    int day = cursor.digits(2);
    int hour = cursor.digits(2);
    int minute = cursor.digits(2);
    int second = tag == Tag.UTC_TIME && !cursor.atDigit() ? 0 : cursor.digits(2);
    int offset = cursor.offsetSeconds();
    try {
      return Instant.ofEpochSecond(
          LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC)
              - offset);
    } catch (DateTimeException noSuchTime) {
      throw new DerException("a time that does not exist");
    }
  }

  private static final class Cursor {
    private final String text;
    private int position;

    Cursor(String text) {
      this.text = text;
    }

    boolean atDigit() {
      return position < text.length() && isDigit(text.charAt(position));
    }

    int digits(int count) {
      if (text.length() - position < count) {
        throw new DerException("a time that ends too early");
      }
      int value = 0;
      for (int i = 0; i < count; i++) {
        char c = text.charAt(position++);
        if (!isDigit(c)) {
          throw new DerException("a time with a character that is no digit");
        }
        value = value * 10 + (c - '0');
      }
      return value;
    }

    int offsetSeconds() {
      char sign = position < text.length() ? text.charAt(position++) : ' ';
      if (sign == 'Z') {
        end();
        return 0;
      }
      if (sign != '+' && sign != '-') {
        throw new DerException("a time without Z or offset");
      }
      int hours = digits(2);
      int minutes = digits(2);
      end();
      int seconds = hours * 3600 + minutes * 60;
      if (seconds == 0 || hours > 24 || minutes > 59) {
        throw new DerException("a time with an offset that is not allowed");
      }
      return sign == '+' ? seconds : -seconds;
    }

    private void end() {
      if (position != text.length()) {
        throw new DerException("a time with bytes after its end");
      }
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
