package dev.certwright.x509.key;

import dev.certwright.x509.Oids;
import java.security.SecureRandom;

/**
 * {@link PortableCryptography} for thousands of P-256 keys and signatures in one run: the point
 * arithmetic of 256 of them is done at once, which takes a quarter of the time. For one key it
 * takes many times as long.
 */
public final class BulkCryptography implements Cryptography {
  private final PortableCryptography portable = new PortableCryptography();
  private final SecureRandom random = new SecureRandom();
  private final ThreadLocal<P256Pairs> pairs = ThreadLocal.withInitial(() -> new P256Pairs(random));

  /** With its tables made, which takes some hundredths of a second. */
  public static BulkCryptography prepare() {
    BulkCryptography cryptography = new BulkCryptography();
    cryptography.next();
    return cryptography;
  }

  @Override
  public SigningKey generate(KeyType type) {
    return type == KeyType.P_256
        ? BulkSigningKey.of(pairs.get().next(), this::next)
        : portable.generate(type);
  }

  private P256Pairs.Pair next() {
    return pairs.get().next();
  }

  @Override
  public SigningKey signingKey(PrivateKeyInfo key) {
    return adopt(portable.signingKey(key));
  }

  @Override
  public SigningKey adopt(SigningKey checked) {
    return checked instanceof EcSigningKey && Oids.P_256.equals(checked.publicKey().curve())
        ? BulkSigningKey.of(checked, this::next)
        : checked;
  }

  @Override
  public String description() {
    return "portable, many at once";
  }
}
