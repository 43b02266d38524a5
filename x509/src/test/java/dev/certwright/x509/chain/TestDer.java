package dev.certwright.x509.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes DER, and what only looks like it. */
final class TestDer {
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private TestDer() {}

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] concat(List<byte[]> parts) {
    return concat(parts.toArray(new byte[0][]));
  }

  static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  static byte[] tlv(int tag, byte[]... contents) {
    byte[] content = concat(contents);
    int length = content.length;
    byte[] header;
    if (length < 0x80) {
      header = bytes(tag, length);
    } else if (length < 0x100) {
      header = bytes(tag, 0x81, length);
    } else if (length < 0x10000) {
      header = bytes(tag, 0x82, length >> 8, length);
    } else {
      header = bytes(tag, 0x83, length >> 16, length >> 8, length);
    }
    return concat(header, content);
  }

  static byte[] sequence(byte[]... contents) {
    return tlv(SEQUENCE, contents);
  }

  static byte[] integer(BigInteger value) {
    return tlv(2, value.toByteArray());
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] oid(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    base128(out, Long.parseLong(parts[0]) * 40 + Long.parseLong(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      base128(out, Long.parseLong(parts[i]));
    }
    return tlv(6, out.toByteArray());
  }

  private static void base128(ByteArrayOutputStream out, long value) {
    int shift = 0;
    while (value >>> (shift + 7) != 0) {
      shift += 7;
    }
    for (; shift > 0; shift -= 7) {
      out.write((int) (value >>> shift & 0x7F | 0x80));
    }
    out.write((int) (value & 0x7F));
  }

  static byte[] text(int tag, String text) {
    return tlv(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] bits(byte[] content) {
    return tlv(3, new byte[] {0}, content);
  }

  static byte[] octets(byte[] content) {
    return tlv(4, content);
  }

  static byte[] bool(boolean value) {
    return bytes(1, 1, value ? 0xFF : 0);
  }

  /** One attribute in an RDN of its own. */
  static byte[] rdn(String oid, byte[] value) {
    return tlv(SET, sequence(oid(oid), value));
  }
}
