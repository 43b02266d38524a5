package dev.certwright.x509.der;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes DER from back to front, so that every length is known when its header is written: what
 * comes last in the encoding is written first. {@link #mark()} before the contents and {@link
 * #wrap(int, int)} after them make a constructed element.
 */
public final class DerWriter {
  private byte[] buffer;
  private int start;

  /** With room for a certificate. */
  public DerWriter() {
    this(1024);
  }

  /** With room for so many bytes at first; more is made when it is needed. */
  public DerWriter(int capacity) {
    buffer = new byte[capacity];
    start = capacity;
  }

  /** The place where contents that are about to be written will end. */
  public int mark() {
    return buffer.length - start;
  }

  /** Puts a header with this tag before all that was written since the mark. */
  public DerWriter wrap(int tag, int mark) {
    int length = mark() - mark;
    if (length < 0x80) {
      room(2);
      buffer[--start] = (byte) length;
    } else {
      room(6);
      int count = 0;
      for (int rest = length; rest != 0; rest >>>= 8) {
        buffer[--start] = (byte) rest;
        count++;
      }
      buffer[--start] = (byte) (0x80 | count);
    }
    buffer[--start] = (byte) tag;
    return this;
  }

  /** Bytes as they are: an element that is encoded already. */
  public DerWriter raw(byte[] bytes) {
    room(bytes.length);
    start -= bytes.length;
    System.arraycopy(bytes, 0, buffer, start, bytes.length);
    return this;
  }

  /** An element with this tag and these contents. */
  public DerWriter element(int tag, byte[] contents) {
    int mark = mark();
    return raw(contents).wrap(tag, mark);
  }

  /** An INTEGER. */
  public DerWriter integer(BigInteger value) {
    return element(Tag.INTEGER, value.toByteArray());
  }

  /** A small INTEGER. */
  public DerWriter integer(int value) {
    return integer(BigInteger.valueOf(value));
  }

  /** A BOOLEAN. */
  public DerWriter bool(boolean value) {
    return element(Tag.BOOLEAN, new byte[] {(byte) (value ? 0xFF : 0)});
  }

  /** NULL. */
  public DerWriter nothing() {
    return element(Tag.NULL, new byte[0]);
  }

  /** An OBJECT IDENTIFIER. */
  public DerWriter oid(Oid oid) {
    return element(Tag.OBJECT_IDENTIFIER, oid.contents());
  }

  /** An OCTET STRING. */
  public DerWriter octets(byte[] contents) {
    return element(Tag.OCTET_STRING, contents);
  }

  /** A BIT STRING without unused bits. */
  public DerWriter bits(byte[] contents) {
    int mark = mark();
    raw(contents);
    room(1);
    buffer[--start] = 0;
    return wrap(Tag.BIT_STRING, mark);
  }

  /**
   * A named bit list (X.690 11.2.2: trailing zero bits are dropped).
   *
   * @param mask bit 0 of the list is the highest bit of the int
   */
  public DerWriter namedBits(int mask) {
    int mark = mark();
    int unused = 0;
    if (mask != 0) {
      int used = 32 - Integer.numberOfTrailingZeros(mask);
      int count = (used + 7) / 8;
      unused = count * 8 - used;
      room(count);
      for (int i = count - 1; i >= 0; i--) {
        buffer[--start] = (byte) (mask >>> (24 - 8 * i));
      }
    }
    room(1);
    buffer[--start] = (byte) unused;
    return wrap(Tag.BIT_STRING, mark);
  }

  /**
   * A UTF8String.
   *
   * @throws IllegalArgumentException if half of a surrogate pair stands alone: written as a
   *     question mark, as Java would, it would be another name
   */
  public DerWriter utf8(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
          throw new IllegalArgumentException("half of a surrogate pair cannot be written as UTF-8");
        }
        i++;
      }
    }
    return element(Tag.UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280 4.1.2.5); whole seconds, UTC.
   *
   * @throws IllegalArgumentException if the year has not four digits: there is no form for it
   */
  public DerWriter time(Instant instant) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > 9999) {
      throw new IllegalArgumentException("a certificate cannot hold the year " + at.getYear());
    }
    StringBuilder text = new StringBuilder(15);
    int tag;
    if (at.getYear() >= 1950 && at.getYear() < 2050) {
      tag = Tag.UTC_TIME;
      two(text, at.getYear() % 100);
    } else {
      tag = Tag.GENERALIZED_TIME;
      two(text, at.getYear() / 100);
      two(text, at.getYear() % 100);
    }
    two(text, at.getMonthValue());
    two(text, at.getDayOfMonth());
    two(text, at.getHour());
    two(text, at.getMinute());
    two(text, at.getSecond());
    text.append('Z');
    return element(tag, text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** All that was written, a copy. */
  public byte[] toByteArray() {
    byte[] result = new byte[mark()];
    System.arraycopy(buffer, start, result, 0, result.length);
    return result;
  }

  private static void two(StringBuilder text, int value) {
    text.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  private void room(int count) {
    if (start >= count) {
      return;
    }
    int used = mark();
    byte[] larger = new byte[Math.max(buffer.length * 2, used + count + 256)];
    System.arraycopy(buffer, start, larger, larger.length - used, used);
    start = larger.length - used;
    buffer = larger;
  }
}
