package dev.certwright.x509.key;

import dev.certwright.x509.der.Oid;

/** Checks of EC public keys that need no arithmetic on the curve. */
public final class EcPoints {
  private EcPoints() {}

  /** Whether the curve is one that can be used: P-224, P-256, P-384 or P-521. */
  public static boolean isKnown(Oid curve) {
    return EcCurve.find(curve) != null;
  }

  /**
   * Whether the bytes are an uncompressed point on the curve (rule XS-22); false if the curve is
   * not known.
   */
  public static boolean isOnCurve(Oid curve, byte[] point) {
    EcCurve known = EcCurve.find(curve);
    return known != null && known.contains(point);
  }
}
