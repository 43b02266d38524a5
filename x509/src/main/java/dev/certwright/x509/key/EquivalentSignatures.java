package dev.certwright.x509.key;

import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.der.DerException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody without the private key can make of a signature so that it stays valid. */
public final class EquivalentSignatures {
  private EquivalentSignatures() {}

  /**
   * The signature itself, and of ECDSA the one with the other sign: with (r, s) valid, (r, n - s)
   * is too, and Go takes both. The curve is told by the size of the numbers: random ones below the
   * order of a larger curve are below that of a smaller one once in 2^64 cases or less.
   *
   * @param algorithm null if it is none that can be checked
   */
  public static List<byte[]> of(@Nullable SignatureAlgorithm algorithm, byte[] signature) {
    if (algorithm == null || !algorithm.name().startsWith("ECDSA")) {
      return List.of(signature);
    }
    try {
      EcdsaSignature numbers = EcdsaSignature.of(signature);
      BigInteger order = order(numbers.r().max(numbers.s()));
      return order == null
          ? List.of(signature)
          : List.of(
              signature, new EcdsaSignature(numbers.r(), order.subtract(numbers.s())).encoded());
    } catch (DerException notTwoNumbers) {
      return List.of(signature);
    }
  }

  private static @Nullable BigInteger order(BigInteger number) {
    BigInteger least = null;
    for (EcCurve curve : EcCurve.values()) {
      BigInteger order = curve.order();
      if (number.compareTo(order) < 0 && (least == null || order.compareTo(least) < 0)) {
        least = order;
      }
    }
    return least;
  }
}
