package dev.certwright.x509.key;

import dev.certwright.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.EnumMap;
import java.util.Map;

/**
 * Signature engines of one provider, one of each algorithm for each thread. To look for one takes a
 * tenth as long as to sign with P-256. Each holds the key that it was last given.
 */
final class ProviderSignatures {
  private final Provider provider;
  private final ThreadLocal<Map<SignatureAlgorithm, Signature>> engines =
      ThreadLocal.withInitial(() -> new EnumMap<>(SignatureAlgorithm.class));

  ProviderSignatures(Provider provider) {
    this.provider = provider;
  }

  /** This thread's engine; whoever takes it initializes it. */
  Signature of(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    Signature engine = engines.get().get(algorithm);
    if (engine == null) {
      engine = Signature.getInstance(JcaSigningKey.jcaName(algorithm), provider);
      engines.get().put(algorithm, engine);
    }
    return engine;
  }
}
