package dev.certwright.x509.der;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An OBJECT IDENTIFIER, kept as its encoded contents: comparing is comparing bytes. */
public final class Oid implements Comparable<Oid> {
  private static final int MAXIMUM_ARC_BYTES = 5;

  private final byte[] contents;
  private final int hash;

  private Oid(byte[] contents) {
    this.contents = contents;
    this.hash = Arrays.hashCode(contents);
  }

  /**
   * From contents octets (X.690 8.19). Arcs of 2^31 and more are refused, as kube-apiserver does.
   *
   * @throws DerException if they are empty, end inside an arc, pad an arc or hold one that is too
   *     large
   */
  public static Oid ofContents(byte[] contents) {
    int arcBytes = 0;
    long arc = 0;
    for (byte b : contents) {
      if (arcBytes == 0 && b == (byte) 0x80) {
        throw new DerException("an OBJECT IDENTIFIER with a padded arc");
      }
      arc = arc << 7 | b & 0x7F;
      if (++arcBytes > MAXIMUM_ARC_BYTES || arc > Integer.MAX_VALUE) {
        throw new DerException("an OBJECT IDENTIFIER with an arc of 2^31 or more");
      }
      if (b >= 0) {
        arcBytes = 0;
        arc = 0;
      }
    }
    if (contents.length == 0) {
      throw new DerException("an OBJECT IDENTIFIER without contents");
    } else if (arcBytes != 0) {
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
    long arc = 0;
    boolean first = true;
    for (byte b : contents) {
      arc = arc << 7 | b & 0x7F;
      if (b >= 0) {
        if (first) {
          long root = Math.min(arc / 40, 2);
          text.append(root).append('.').append(arc - root * 40);
          first = false;
        } else {
          text.append('.').append(arc);
        }
        arc = 0;
      }
    }
    return text.toString();
  }
}
