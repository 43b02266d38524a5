package dev.certwright.server.tls;

import dev.certwright.server.ServerException;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyInfo;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** A certificate chain with the key of its leaf, checked to belong together. */
final class ServingKeyPair {
  private final List<Certificate> chain;
  private final PrivateKeyInfo key;

  private ServingKeyPair(List<Certificate> chain, PrivateKeyInfo key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads both.
   *
   * @throws ServerException if they are unusable, or not of one pair
   */
  static ServingKeyPair read(CertificateFiles files, byte[] certificate, byte[] key) {
    List<Certificate> chain = new ArrayList<>();
    PrivateKeyInfo info;
    try {
      for (PemBlock block : PemReader.read(certificate)) {
        if (block.label().equals(PemBlock.CERTIFICATE)) {
          chain.add(Certificate.of(block.bytes()));
        }
      }
      info = PrivateKeyReader.read(key, PasswordSource.NONE);
    } catch (X509Exception unusable) {
      throw new ServerException(
          "the serving certificate "
              + files.certificate()
              + " with the key "
              + files.key()
              + " cannot be used: "
              + unusable.getMessage(),
          unusable);
    }
    if (chain.isEmpty()) {
      throw new ServerException(files.certificate() + " has no certificate in it");
    }
    if (!new PortableCryptography().signingKey(info).publicKey().equals(chain.get(0).publicKey())) {
      throw new ServerException(
          "the key in "
              + files.key()
              + " is not that of the first certificate in "
              + files.certificate());
    }
    return new ServingKeyPair(chain, info);
  }

  Certificate leaf() {
    return chain.get(0);
  }

  X509Certificate[] jcaChain() throws GeneralSecurityException {
    X509Certificate[] certificates = new X509Certificate[chain.size()];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = jca(chain.get(i));
    }
    return certificates;
  }

  PrivateKey jcaKey() throws GeneralSecurityException {
    String family =
        switch (key.family()) {
          case RSA -> "RSA";
          case EC -> "EC";
          default -> "Ed25519";
        };
    return KeyFactory.getInstance(family)
        .generatePrivate(new PKCS8EncodedKeySpec(key.encodePrivateKeyPkcs8()));
  }

  static X509Certificate jca(Certificate certificate) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }
}
