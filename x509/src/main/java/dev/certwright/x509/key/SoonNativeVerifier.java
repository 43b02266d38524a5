package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/**
 * The portable form until a native provider is loaded, which takes half a second, and that one from
 * then on. For servers that are to be ready before.
 */
public final class SoonNativeVerifier implements SignatureVerifier {
  private volatile SignatureVerifier current = new PortableSignatureVerifier();

  private SoonNativeVerifier() {}

  /** Begins to load the provider on a thread of its own. */
  public static SignatureVerifier start() {
    SoonNativeVerifier verifier = new SoonNativeVerifier();
    Thread loading =
        new Thread(
            () -> verifier.current = NativeSignatureVerifier.orPortable(), "certwright-native");
    loading.setDaemon(true);
    loading.start();
    return verifier;
  }

  @Override
  public boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return current.verify(key, algorithm, message, signature);
  }

  @Override
  public String description() {
    return current.description();
  }
}
