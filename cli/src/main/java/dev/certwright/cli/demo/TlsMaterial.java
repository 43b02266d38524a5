package dev.certwright.cli.demo;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PrivateKeyInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Keys and certificates in the forms that the JDK's TLS takes. */
final class TlsMaterial {
  private TlsMaterial() {}

  static X509Certificate jca(Certificate certificate) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }

  static KeyManager[] keyManagers(PrivateKeyInfo key, List<Certificate> chain)
      throws GeneralSecurityException, IOException {
    String family =
        switch (key.family()) {
          case RSA -> "RSA";
          case EC -> "EC";
          default -> "Ed25519";
        };
    PrivateKey privateKey =
        KeyFactory.getInstance(family)
            .generatePrivate(new PKCS8EncodedKeySpec(key.encodePrivateKeyPkcs8()));
    java.security.cert.Certificate[] certificates =
        new java.security.cert.Certificate[chain.size()];
    for (int i = 0; i < certificates.length; i++) {
      certificates[i] = jca(chain.get(i));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("own", privateKey, new char[0], certificates);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }
}
