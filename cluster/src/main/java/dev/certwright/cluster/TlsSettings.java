package dev.certwright.cluster;

import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Cluster;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.EmbeddedData;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyInfo;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS to an API server as a context of a kubeconfig wants it: whom to believe, which certificate to
 * show (rules KC-10, KC-12, KC-15, KC-20).
 */
final class TlsSettings {
  private static final int LIMIT = 16 << 20;

  private TlsSettings() {}

  /**
   * Makes sockets for one context.
   *
   * @throws UnusableCredentialsException if certificates or key cannot be read
   */
  static SSLSocketFactory socketFactory(EffectiveContext context) {
    String problem = context.tlsProblem();
    if (problem != null) {
      throw new UnusableCredentialsException(problem, "", null);
    }
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keyManagers(context.user()), trustManagers(context.cluster()), null);
      String name = context.cluster().tlsServerName();
      return name.isEmpty()
          ? tls.getSocketFactory()
          : new NamedServerSocketFactory(tls.getSocketFactory(), name);
    } catch (GeneralSecurityException | IOException | X509Exception unusable) {
      throw new UnusableCredentialsException(
          "the certificates of context "
              + context.name()
              + " cannot be used: "
              + unusable.getMessage(),
          "certwright inspect looks at them closely",
          unusable);
    }
  }

  private static TrustManager[] trustManagers(Cluster cluster)
      throws GeneralSecurityException, IOException {
    if (cluster.insecureSkipTlsVerify()) {
      return new TrustManager[] {new AnyServerTrustManager()};
    }
    boolean named = !cluster.certificateAuthority().isEmpty();
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (!named && cluster.certificateAuthorityData().isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      KeyStore store = emptyStore();
      List<java.security.cert.Certificate> authorities =
          authorities(bytes(cluster.certificateAuthorityData(), cluster.certificateAuthority()));
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("ca-" + i, authorities.get(i));
      }
      factory.init(store);
    }
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(AuthInfo user)
      throws GeneralSecurityException, IOException {
    if (user.clientCertificateData().isEmpty() && user.clientCertificate().isEmpty()) {
      return new KeyManager[0];
    }
    // A file that is empty is a mistake and not a wish to be nobody, as in client-go (KC-20).
    byte[] chain = bytes(user.clientCertificateData(), user.clientCertificate());
    List<byte[]> blocks = certificates(chain);
    PublicKeyInfo certified = Certificate.of(blocks.get(0)).publicKey();
    PrivateKeyInfo info = privateKey(bytes(user.clientKeyData(), user.clientKey()));
    // A key store takes any pair, and the server would only say that the handshake failed.
    if (!new PortableCryptography().signingKey(info).publicKey().equals(certified)) {
      throw new GeneralSecurityException("the private key belongs to another certificate");
    }
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> shown = new ArrayList<>();
    for (byte[] block : blocks) {
      shown.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
    }
    return new KeyManager[] {new OwnCertificate(shown, privateKey(info))};
  }

  /** The first one counts, and what it is is told by its bytes, whatever the label says. */
  private static PrivateKeyInfo privateKey(byte[] pem) throws GeneralSecurityException {
    for (PemBlock block : PemScanner.scan(pem)) {
      if (block.label().equals(PemBlock.PRIVATE_KEY) || block.label().endsWith(" PRIVATE KEY")) {
        return PrivateKeyReader.isEncrypted(block)
            ? PrivateKeyReader.read(block, PasswordSource.NONE)
            : PrivateKeyReader.read(block.bytes(), PasswordSource.NONE);
      }
    }
    throw new GeneralSecurityException("no private key where the client's should be");
  }

  private static PrivateKey privateKey(PrivateKeyInfo key) throws GeneralSecurityException {
    String family =
        switch (key.family()) {
          case RSA -> "RSA";
          case EC -> "EC";
          default -> "Ed25519";
        };
    return KeyFactory.getInstance(family)
        .generatePrivate(new PKCS8EncodedKeySpec(key.encodePrivateKeyPkcs8()));
  }

  /** Those that can be read, as for Go's programs: whom another block names is not trusted. */
  private static List<java.security.cert.Certificate> authorities(byte[] pem)
      throws GeneralSecurityException {
    List<java.security.cert.Certificate> authorities = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Exception problem = null;
    for (PemBlock block : PemScanner.scan(pem)) {
      if (block.label().equals(PemBlock.CERTIFICATE) && block.headers().isEmpty()) {
        try {
          byte[] encoded = Certificate.of(block.bytes()).encoded();
          authorities.add(factory.generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (X509Exception | CertificateException unreadable) {
          problem = unreadable;
        }
      }
    }
    if (authorities.isEmpty()) {
      throw new GeneralSecurityException(
          problem == null
              ? "no certificate of a CA in PEM where one should be"
              : "no certificate of a CA that can be read: " + problem.getMessage(),
          problem);
    }
    return authorities;
  }

  private static List<byte[]> certificates(byte[] pem) throws GeneralSecurityException {
    List<byte[]> certificates = new ArrayList<>();
    for (PemBlock block : PemScanner.scan(pem)) {
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        certificates.add(block.bytes());
      }
    }
    if (certificates.isEmpty()) {
      throw new GeneralSecurityException("no certificate in PEM where one should be");
    }
    return certificates;
  }

  private static byte[] bytes(EmbeddedData data, String file) throws IOException {
    if (!data.isEmpty() || file.isEmpty()) {
      return data.bytes();
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new IOException(file + " is larger than " + (LIMIT >> 20) + " MiB");
      }
      return bytes;
    } catch (java.nio.file.NoSuchFileException absent) {
      throw new IOException(file + " does not exist", absent);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
