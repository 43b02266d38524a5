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
import java.util.List;
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
    return context(authority, credential, List.of());
  }

  /** Trusts whoever it is: for tests of who that is. */
  public static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          null,
          io.netty.handler.ssl.util.InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The same with further certificates after the client's own. */
  public static SSLContext context(
      Certificate authority,
      TestAuthority.@Nullable Credential credential,
      List<Certificate> further) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", jca(authority));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          credential == null ? null : keyManagers(credential, further),
          trust.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  // Presents it whatever the server says it wants.
  private static KeyManager[] keyManagers(
      TestAuthority.Credential credential, List<Certificate> further)
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
      new InsistentKeyManager((javax.net.ssl.X509ExtendedKeyManager) managers[0], chain(further))
    };
  }

  private static java.security.cert.X509Certificate[] chain(List<Certificate> certificates)
      throws GeneralSecurityException {
    java.security.cert.X509Certificate[] chain =
        new java.security.cert.X509Certificate[certificates.size()];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = jca(certificates.get(i));
    }
    return chain;
  }

  static java.security.cert.X509Certificate jca(Certificate certificate)
      throws GeneralSecurityException {
    return (java.security.cert.X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }
}
