package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.Oid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The object identifier of a certificate policy. Unlike other identifiers, its arcs may be of any
 * size (upstream reads these with another function), so it is kept and compared as bytes.
 */
public final class PolicyId {

  /** anyPolicy (RFC 5280 4.2.1.4). */
  public static final PolicyId ANY = new PolicyId(Oid.of(2, 5, 29, 32, 0).contents());

  private final byte[] contents;

  private PolicyId(byte[] contents) {
    this.contents = contents;
  }

  /** Of a mapping, where upstream does not look into the bytes. */
  static PolicyId unchecked(byte[] contents) {
    return new PolicyId(contents);
  }

  /**
   * Of a certificate policy.
   *
   * @throws DerException if it is empty, ends inside an arc or pads an arc
   */
  static PolicyId of(byte[] contents) {
    boolean arcStart = true;
    for (byte b : contents) {
      if (arcStart && b == (byte) 0x80) {
        throw new DerException("a policy whose identifier pads an arc");
      }
      arcStart = b >= 0;
    }
    if (contents.length == 0 || !arcStart) {
      throw new DerException("a policy whose identifier is empty or ends inside an arc");
    }
    return new PolicyId(contents);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyId that && Arrays.equals(contents, that.contents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(contents);
  }

  @Override
  public String toString() {
    try {
      return Oid.ofContents(contents).toString();
    } catch (DerException unusual) {
      return "#" + java.util.HexFormat.of().formatHex(contents);
    }
  }
}
