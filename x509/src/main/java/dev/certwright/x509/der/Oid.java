package dev.certwright.x509.der;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An OBJECT IDENTIFIER, kept as its encoded contents: comparing is comparing bytes. */
public final class Oid implements Comparable<Oid> {
  private static final int MAXIMUM_LENGTH = 4096;

  private final byte[] contents;
  private final int hash;

  private Oid(byte[] contents) {
    this.contents = contents;
    this.hash = Arrays.hashCode(contents);
  }

  /**
   * From contents octets (X.690 8.19).
   *
   * @throws DerException if they are empty, end inside an arc or pad an arc
   */
  public static Oid ofContents(byte[] contents) {
    if (contents.length == 0 || contents.length > MAXIMUM_LENGTH) {
      throw new DerException("an OBJECT IDENTIFIER of " + contents.length + " bytes");
    }
    boolean arcStart = true;
    for (byte b : contents) {
      if (arcStart && b == (byte) 0x80) {
        throw new DerException("an OBJECT IDENTIFIER with a padded arc");
      }
      arcStart = b >= 0;
    }
    if (!arcStart) {
      throw new DerException("an OBJECT IDENTIFIER that ends inside an arc");
    }
    return new Oid(contents.clone());
  }

  /** From arcs; the second is below 40 unless the first is 2. Meant for constants. */
  public static Oid of(int... arcs) {
    byte[] buffer = new byte[arcs.length * 5];
    int at = append(buffer, 0, arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      at = append(buffer, at, arcs[i]);
    }
    return new Oid(Arrays.copyOf(buffer, at));
  }

  private static int append(byte[] buffer, int start, int arc) {
    int at = start;
    int shift = 28;
    while (shift > 0 && arc >>> shift == 0) {
      shift -= 7;
    }
    for (; shift > 0; shift -= 7) {
      buffer[at++] = (byte) (arc >>> shift & 0x7F | 0x80);
    }
    buffer[at++] = (byte) (arc & 0x7F);
    return at;
  }

  /** The contents octets, a copy. */
  public byte[] contents() {
    return contents.clone();
  }

  /** By the encoded bytes: any order will do, so that sets of them need no hash to be good. */
  @Override
  public int compareTo(Oid other) {
    return Arrays.compare(contents, other.contents);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Oid that && Arrays.equals(contents, that.contents);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The dotted form, such as {@code 2.5.4.3}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    BigInteger arc = BigInteger.ZERO;
    boolean first = true;
    for (byte b : contents) {
      arc = arc.shiftLeft(7).or(BigInteger.valueOf(b & 0x7F));
      if (b >= 0) {
        if (first) {
          int root = arc.compareTo(BigInteger.valueOf(80)) >= 0 ? 2 : arc.intValue() / 40;
          text.append(root).append('.').append(arc.subtract(BigInteger.valueOf(root * 40L)));
          first = false;
        } else {
          text.append('.').append(arc);
        }
        arc = BigInteger.ZERO;
      }
    }
    return text.toString();
  }
}
