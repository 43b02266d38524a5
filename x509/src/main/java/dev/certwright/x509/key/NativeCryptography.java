package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the Amazon Corretto Crypto Provider, if its library for this platform is there. It is
 * several times faster than portable arithmetic once loaded; loading takes longer than one key, so
 * only bulk work and RSA ask for it. What it cannot do is left to {@link PortableCryptography}.
 */
public final class NativeCryptography implements Cryptography {
  private static final String PACKAGE = "com.amazon.corretto.crypto.provider";
  private static final String PROVIDER_CLASS = PACKAGE + ".AmazonCorrettoCryptoProvider";

  private final Provider provider;
  private final ProviderSignatures engines;
  private final SecureRandom random;
  private final PortableCryptography portable = new PortableCryptography();
  private final ThreadLocal<Map<EcCurve, KeyPairGenerator>> generators =
      ThreadLocal.withInitial(() -> new EnumMap<>(EcCurve.class));

  private NativeCryptography(Provider provider, SecureRandom random) {
    this.provider = provider;
    this.engines = new ProviderSignatures(provider);
    this.random = random;
  }

  /** The native form, or the portable one where there is none that works. */
  public static Cryptography orPortable() {
    Cryptography found = find();
    return found == null ? new PortableCryptography() : found;
  }

  /**
   * The native form, or null where it is absent, switched off ({@code -Dcertwright.native=off}) or
   * fails its own check.
   */
  public static @Nullable Cryptography find() {
    Provider provider = findProvider();
    if (provider == null) {
      return null;
    }
    try {
      NativeCryptography candidate =
          new NativeCryptography(provider, SecureRandom.getInstance("DEFAULT", provider));
      candidate.generate(KeyType.P_256).sign(new byte[] {1});
      MessageDigests.prefer(provider);
      return candidate;
    } catch (GeneralSecurityException | KeyException broken) {
      return null;
    }
  }

  /** The provider, or null where it is absent, switched off or says that it did not load. */
  static @Nullable Provider findProvider() {
    if ("off".equals(System.getProperty("certwright.native")) || !isLibraryThere()) {
      return null;
    }
    try {
      Class<?> type = Class.forName(PROVIDER_CLASS);
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      Object failure = type.getMethod("getLoadingError").invoke(provider);
      return failure == null ? provider : null;
    } catch (ReflectiveOperationException | LinkageError absent) {
      return null;
    }
  }

  // To look for a library that is not there, the provider makes a folder that it never removes.
  private static boolean isLibraryThere() {
    String file = System.mapLibraryName("amazonCorrettoCryptoProvider");
    return Boolean.getBoolean(PACKAGE + ".useExternalLib")
        || ClassLoader.getSystemResource(PACKAGE.replace('.', '/') + '/' + file) != null;
  }

  @Override
  public SigningKey generate(KeyType type) {
    return switch (type) {
      case P_256 -> generateEc(EcCurve.P_256);
      case P_384 -> generateEc(EcCurve.P_384);
      case ED25519 -> portable.generate(type);
      case RSA_2048, RSA_3072, RSA_4096 -> generateRsa(type);
    };
  }

  private SigningKey generateEc(EcCurve curve) {
    try {
      KeyPairGenerator generator = generators.get().get(curve);
      if (generator == null) {
        generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve.jcaName()), random);
        generators.get().put(curve, generator);
      }
      return wrap(generator.generateKeyPair(), curve.algorithm());
    } catch (GeneralSecurityException failed) {
      throw new KeyException("an EC key could not be made", failed);
    }
  }

  private SigningKey generateRsa(KeyType type) {
    return wrap(RsaKeyGeneration.generate(type.rsaBits(), provider), SignatureAlgorithm.RSA_SHA256);
  }

  private SigningKey wrap(KeyPair pair, SignatureAlgorithm algorithm) {
    return new JcaSigningKey(
        pair.getPrivate(), PublicKeyInfo.of(pair.getPublic().getEncoded()), algorithm, engines);
  }

  @Override
  public SigningKey signingKey(PrivateKeyInfo key) {
    return adopt(portable.signingKey(key));
  }

  @Override
  public SigningKey adopt(SigningKey checked) {
    PrivateKeyInfo key = checked.exportPrivateKey();
    String family =
        switch (key.family()) {
          case RSA -> "RSA";
          case EC -> "EC";
          case ED25519, OTHER -> "";
        };
    if (family.isEmpty()) {
      return checked;
    }
    try {
      PrivateKey jca =
          KeyFactory.getInstance(family, provider)
              .generatePrivate(new PKCS8EncodedKeySpec(key.encodePrivateKeyPkcs8()));
      return new JcaSigningKey(jca, checked.publicKey(), checked.signatureAlgorithm(), engines);
    } catch (GeneralSecurityException unsupported) {
      return checked;
    }
  }

  @Override
  public String description() {
    return "native (" + provider.getName() + ")";
  }
}
