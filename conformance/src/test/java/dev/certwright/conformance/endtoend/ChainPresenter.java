package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A client that presents whatever bytes it is given as its certificates, and asks the API server
 * who that is.
 */
final class ChainPresenter {
  private static final int LIMIT_MILLIS = 20_000;

  private static final String BODY =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String REQUEST =
      "POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\n"
          + "Host: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;
  private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  private final InetSocketAddress address;
  private final TrustManager[] trust;

  ChainPresenter(ApiServer server) throws IOException, GeneralSecurityException {
    URI url = URI.create(server.url());
    address = new InetSocketAddress(url.getHost(), url.getPort());
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(server.pki().authorityFile())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    trust = factory.getTrustManagers();
  }

  /**
   * What an API server made of it.
   *
   * @param handshake whether there was one
   * @param status of HTTP, 0 without a handshake
   * @param user whom the server sees, empty unless it answered the review
   */
  record Answer(
      boolean handshake,
      int status,
      String user,
      String uid,
      List<String> groups,
      List<String> credentialIds,
      String body) {

    static Answer noHandshake(IOException why) {
      return new Answer(false, 0, "", "", List.of(), List.of(), String.valueOf(why.getMessage()));
    }

    static Answer of(String response) {
      int status = Integer.parseInt(response.substring(9, 12));
      String body = response.substring(response.indexOf('{'), response.lastIndexOf('}') + 1);
      if (status != 201) {
        return new Answer(true, status, "", "", List.of(), List.of(), body);
      }
      YamlMapping review = Json.parse(body);
      return new Answer(
          true,
          status,
          Json.text(review, "status", "userInfo", "username"),
          Json.text(review, "status", "userInfo", "uid"),
          Json.texts(review, "status", "userInfo", "groups"),
          Json.texts(review, "status", "userInfo", "extra", CREDENTIAL_ID),
          body);
    }
  }

  /**
   * Presents certificates over one version of TLS.
   *
   * @param protocol {@code TLSv1.2} or {@code TLSv1.3}
   * @param presented leaf first, any bytes
   */
  Answer present(String protocol, List<byte[]> presented, PrivateKey key) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new Presented(presented, key)}, trust, null);
      try (Socket plain = new Socket()) {
        plain.connect(address, LIMIT_MILLIS);
        plain.setSoTimeout(LIMIT_MILLIS);
        try (SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true)) {
          socket.setEnabledProtocols(new String[] {protocol});
          return ask(socket);
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("presenting over " + protocol, e);
    }
  }

  /** With TLS 1.3 a client learns of a refused certificate from its first read only. */
  private static Answer ask(SSLSocket socket) throws IOException {
    try {
      socket.startHandshake();
      OutputStream out = socket.getOutputStream();
      out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] response = socket.getInputStream().readAllBytes();
      if (response.length == 0) {
        return Answer.noHandshake(new IOException("the connection was closed"));
      }
      return Answer.of(new String(response, StandardCharsets.UTF_8));
    } catch (java.net.SocketTimeoutException stuck) {
      throw new UncheckedIOException(stuck);
    } catch (javax.net.ssl.SSLException | java.net.SocketException refused) {
      return Answer.noHandshake(refused);
    }
  }

  /** Chooses this chain, whatever the server asks for. */
  private static final class Presented extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";
    private final X509Certificate[] chain;
    private final PrivateKey key;

    Presented(List<byte[]> presented, PrivateKey key) {
      this.key = key;
      chain = new X509Certificate[presented.size()];
      for (int i = 0; i < chain.length; i++) {
        chain[i] = new RawCertificate(presented.get(i), new KeyOfTheSameKind(key));
      }
    }

    private @Nullable String choose(String[] keyTypes) {
      return List.of(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal[] issuers, Socket socket) {
      return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal[] issuers, SSLEngine engine) {
      return choose(keyTypes);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException("a client");
    }
  }

  /** Only its algorithm is looked at on this side. */
  private record KeyOfTheSameKind(PrivateKey key) implements PublicKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return key.getAlgorithm();
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  /** Bytes that need not be a certificate. */
  @SuppressWarnings("deprecation") // Abstract methods have to be there.
  private static final class RawCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;
    private final byte[] encoded;
    private final PublicKey publicKey;

    RawCertificate(byte[] encoded, PublicKey publicKey) {
      this.encoded = encoded;
      this.publicKey = publicKey;
    }

    private static UnsupportedOperationException unknown() {
      return new UnsupportedOperationException("only bytes");
    }

    @Override
    public byte[] getEncoded() {
      return encoded.clone();
    }

    @Override
    public PublicKey getPublicKey() {
      return publicKey;
    }

    @Override
    public String getSigAlgName() {
      return "SHA256withECDSA";
    }

    @Override
    public String getSigAlgOID() {
      return "1.2.840.10045.4.3.2";
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
      return null;
    }

    @Override
    public int getBasicConstraints() {
      return -1;
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
      return 3;
    }

    @Override
    public BigInteger getSerialNumber() {
      throw unknown();
    }

    @Override
    public Principal getIssuerDN() {
      throw unknown();
    }

    @Override
    public Principal getSubjectDN() {
      throw unknown();
    }

    @Override
    public Date getNotBefore() {
      throw unknown();
    }

    @Override
    public Date getNotAfter() {
      throw unknown();
    }

    @Override
    public byte[] getTBSCertificate() {
      throw unknown();
    }

    @Override
    public byte[] getSignature() {
      throw unknown();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
      return null;
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
      return null;
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
      return null;
    }

    @Override
    public void verify(PublicKey key) {
      throw unknown();
    }

    @Override
    public void verify(PublicKey key, String provider) {
      throw unknown();
    }

    @Override
    public String toString() {
      return "raw";
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
      return null;
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
      return null;
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
      return null;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
      return false;
    }
  }
}
