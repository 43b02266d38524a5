package dev.certwright.server.testing;

import dev.certwright.x509.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The client's side of TLS. */
public final class TestTls {
  private TestTls() {}

  /** Trusts one CA, presents one certificate or none. */
  public static SSLContext context(
      Certificate authority, TestAuthority.@Nullable Credential credential) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", jca(authority));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          credential == null ? null : keyManagers(credential), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  // Presents it whatever the server says it wants.
  private static KeyManager[] keyManagers(TestAuthority.Credential credential)
      throws GeneralSecurityException, IOException {
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(
                    credential.key().exportPrivateKey().encodePrivateKeyPkcs8()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        key,
        new char[0],
        new java.security.cert.Certificate[] {jca(credential.certificate())});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    KeyManager[] managers = factory.getKeyManagers();
    return new KeyManager[] {
      new InsistentKeyManager((javax.net.ssl.X509ExtendedKeyManager) managers[0])
    };
  }

  static java.security.cert.X509Certificate jca(Certificate certificate)
      throws GeneralSecurityException {
    return (java.security.cert.X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }
}
