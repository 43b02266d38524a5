package dev.certwright.x509.der;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A cursor over DER in a byte array. Every read checks the identifier, the minimal definite length
 * (X.690 10.1) and the bounds, and moves on; nothing is copied until a value is asked for. Not safe
 * for use by several threads.
 */
public final class DerReader {
  private final byte[] bytes;
  private int position;
  private final int end;

  private DerReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** Reads the whole array, which must not change meanwhile. */
  public static DerReader of(byte[] bytes) {
    return new DerReader(bytes, 0, bytes.length);
  }

  /** Whether everything has been read. */
  public boolean isEmpty() {
    return position == end;
  }

  /** Whether the next element has this identifier octet. */
  public boolean nextIs(int tag) {
    return position < end && (bytes[position] & 0xFF) == tag;
  }

  /**
   * The identifier octet of the next element.
   *
   * @throws DerException at the end
   */
  public int peekTag() {
    if (position == end) {
      throw new DerException("data ends where another element was expected");
    }
    return bytes[position] & 0xFF;
  }

  /**
   * Reads the header of an element with this tag and returns a reader of its contents.
   *
   * @throws DerException if the next element has another tag or its length is not DER
   */
  public DerReader read(int tag) {
    int found = peekTag();
    if (found != tag) {
      throw new DerException(
          "expected an element with tag 0x"
              + Integer.toHexString(tag)
              + ", found 0x"
              + Integer.toHexString(found));
    }
    return readAny();
  }

  /** Reads the next element, whatever its tag, and returns a reader of its contents. */
  public DerReader readAny() {
    int start = contentStart();
    int length = contentLength;
    position = start + length;
    return new DerReader(bytes, start, position);
  }

  /** Reads the next element, header included, and returns its bytes. */
  public byte[] readElement() {
    int from = position;
    readAny();
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** Reads the next element and returns a reader that starts at its header. */
  public DerReader readWhole() {
    int from = position;
    readAny();
    return new DerReader(bytes, from, position);
  }

  /** Moves over the next element. */
  public void skip() {
    readAny();
  }

  /**
   * Nothing may follow.
   *
   * @param what the structure that has just been read, for the message
   * @throws DerException if something does
   */
  public void requireEnd(String what) {
    if (position != end) {
      throw new DerException((end - position) + " bytes follow after the end of " + what);
    }
  }

  /** The bytes that have not been read yet. */
  public byte[] remaining() {
    return Arrays.copyOfRange(bytes, position, end);
  }

  /** How many bytes have not been read yet. */
  public int remainingLength() {
    return end - position;
  }

  /** An INTEGER of any size, minimally encoded (X.690 8.3.2). */
  public BigInteger readInteger() {
    DerReader value = read(Tag.INTEGER);
    int length = value.end - value.position;
    requireMinimalInteger(value.position, length);
    return new BigInteger(bytes, value.position, length);
  }

  private void requireMinimalInteger(int start, int length) {
    if (length == 0) {
      throw new DerException("an INTEGER without contents");
    }
    if (length > 1) {
      int first = bytes[start];
      int second = bytes[start + 1];
      if (first == 0 && second >= 0 || first == -1 && second < 0) {
        throw new DerException("an INTEGER with needless leading bytes");
      }
    }
  }

  /**
   * An INTEGER that fits an int.
   *
   * @throws DerException if it does not
   */
  public int readSmallInteger() {
    BigInteger value = readInteger();
    if (value.bitLength() > 31) {
      throw new DerException("an INTEGER of " + value.bitLength() + " bits where a small one goes");
    }
    return value.intValue();
  }

  /**
   * An integer that fits a long, under this tag.
   *
   * @throws DerException if it does not fit or is not minimally encoded
   */
  public long readLong(int tag) {
    DerReader value = read(tag);
    int length = value.end - value.position;
    requireMinimalInteger(value.position, length);
    if (length > Long.BYTES) {
      throw new DerException("an INTEGER of " + length + " bytes where a small one goes");
    }
    long result = bytes[value.position];
    for (int i = 1; i < length; i++) {
      result = result << 8 | bytes[value.position + i] & 0xFF;
    }
    return result;
  }

  /** A BOOLEAN; DER knows only 00 and FF (X.690 11.1). */
  public boolean readBoolean() {
    DerReader value = read(Tag.BOOLEAN);
    if (value.end - value.position != 1) {
      throw new DerException("a BOOLEAN of " + (value.end - value.position) + " bytes");
    }
    return switch (bytes[value.position]) {
      case 0 -> false;
      case -1 -> true;
      default -> throw new DerException("a BOOLEAN that is neither 00 nor FF");
    };
  }

  /** An OBJECT IDENTIFIER. */
  public Oid readOid() {
    DerReader value = read(Tag.OBJECT_IDENTIFIER);
    return Oid.ofContents(Arrays.copyOfRange(bytes, value.position, value.end));
  }

  /** The contents of an OCTET STRING. */
  public byte[] readOctetString() {
    return read(Tag.OCTET_STRING).remaining();
  }

  /**
   * The bytes of a BIT STRING whose length is a multiple of eight.
   *
   * @throws DerException if bits are unused
   */
  public byte[] readWholeByteBitString() {
    BitString value = readBitString();
    if (value.unusedBits() != 0) {
      throw new DerException("a BIT STRING with " + value.unusedBits() + " unused bits");
    }
    return value.bytes();
  }

  /** A BIT STRING; unused bits must be zero (X.690 11.2.1). */
  public BitString readBitString() {
    DerReader value = read(Tag.BIT_STRING);
    if (value.isEmpty()) {
      throw new DerException("a BIT STRING without contents");
    }
    int unused = bytes[value.position] & 0xFF;
    int length = value.end - value.position - 1;
    if (unused > 7 || length == 0 && unused != 0) {
      throw new DerException(
          "a BIT STRING with " + unused + " unused bits in " + length + " bytes");
    }
    if (unused > 0 && (bytes[value.end - 1] & ((1 << unused) - 1)) != 0) {
      throw new DerException("a BIT STRING whose unused bits are not zero");
    }
    return new BitString(Arrays.copyOfRange(bytes, value.position + 1, value.end), unused);
  }

  private int contentLength;

  /** Reads identifier and length octets; leaves the length in {@link #contentLength}. */
  private int contentStart() {
    int tag = peekTag();
    if ((tag & 0x1F) == 0x1F) {
      throw new DerException("a tag of more than one byte");
    }
    int at = position + 1;
    if (at == end) {
      throw new DerException("data ends inside an element's header");
    }
    int length = bytes[at++] & 0xFF;
    if (length > 0x7F) {
      int count = length & 0x7F;
      if (count == 0 || count > 4) {
        throw new DerException("a length of an indefinite or oversized form");
      }
      if (end - at < count) {
        throw new DerException("data ends inside an element's length");
      }
      long value = 0;
      for (int i = 0; i < count; i++) {
        value = value << 8 | bytes[at++] & 0xFF;
      }
      if (value < 0x80 || value >>> (8 * (count - 1)) == 0) {
        throw new DerException("a length that is not in its shortest form");
      }
      if (value > end - at) {
        throw new DerException(
            "an element of " + value + " bytes where " + (end - at) + " are left");
      }
      length = (int) value;
    } else if (length > end - at) {
      throw new DerException(
          "an element of " + length + " bytes where " + (end - at) + " are left");
    }
    contentLength = length;
    return at;
  }
}
