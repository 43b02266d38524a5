package dev.certwright.x509.pem;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes blocks as RFC 7468 section 2 wants them: 64 characters a line, line feeds. */
public final class PemWriter {
  private static final int LINE = 64;

  private PemWriter() {}

  /** One block, ending in a line feed. */
  public static byte[] write(String label, byte[] der) {
    byte[] base64 = Base64.getEncoder().encode(der);
    byte[] begin = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] end = ("-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    int lines = (base64.length + LINE - 1) / LINE;
    byte[] result = new byte[begin.length + base64.length + lines + end.length];
    System.arraycopy(begin, 0, result, 0, begin.length);
    int at = begin.length;
    for (int from = 0; from < base64.length; from += LINE) {
      int count = Math.min(LINE, base64.length - from);
      System.arraycopy(base64, from, result, at, count);
      at += count;
      result[at++] = '\n';
    }
    System.arraycopy(end, 0, result, at, end.length);
    return result;
  }

  /** Several blocks with the same label, one after another. */
  public static byte[] writeAll(String label, Iterable<byte[]> contents) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    for (byte[] der : contents) {
      all.writeBytes(write(label, der));
    }
    return all.toByteArray();
  }
}
