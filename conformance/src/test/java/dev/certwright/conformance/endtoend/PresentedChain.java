package dev.certwright.conformance.endtoend;

import java.math.BigInteger;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses this chain, whatever the server asks for. */
final class PresentedChain extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";
  private final X509Certificate[] chain;
  private final PrivateKey key;

  PresentedChain(List<byte[]> presented, PrivateKey key) {
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
  public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
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
