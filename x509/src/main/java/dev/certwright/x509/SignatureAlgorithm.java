package dev.certwright.x509;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signature algorithms that Certwright makes and checks (RFC 8017, RFC 5758, RFC 8410). */
public enum SignatureAlgorithm {
  RSA_SHA256("RSA with SHA-256", Oids.SHA256_WITH_RSA, "SHA-256"),
  RSA_SHA384("RSA with SHA-384", Oids.SHA384_WITH_RSA, "SHA-384"),
  RSA_SHA512("RSA with SHA-512", Oids.SHA512_WITH_RSA, "SHA-512"),
  RSA_PSS_SHA256("RSA-PSS with SHA-256", Oids.RSASSA_PSS, "SHA-256"),
  RSA_PSS_SHA384("RSA-PSS with SHA-384", Oids.RSASSA_PSS, "SHA-384"),
  RSA_PSS_SHA512("RSA-PSS with SHA-512", Oids.RSASSA_PSS, "SHA-512"),
  ECDSA_SHA256("ECDSA with SHA-256", Oids.ECDSA_WITH_SHA256, "SHA-256"),
  ECDSA_SHA384("ECDSA with SHA-384", Oids.ECDSA_WITH_SHA384, "SHA-384"),
  ECDSA_SHA512("ECDSA with SHA-512", Oids.ECDSA_WITH_SHA512, "SHA-512"),
  ED25519("Ed25519", Oids.ED25519, "");

  private static final List<SignatureAlgorithm> ALL = List.of(values());

  private final String description;
  private final Oid oid;
  private final String digest;
  private volatile byte @Nullable [] identifier;

  SignatureAlgorithm(String description, Oid oid, String digest) {
    this.description = description;
    this.oid = oid;
    this.digest = digest;
  }

  /** For people. */
  public String description() {
    return description;
  }

  /** The algorithm of an AlgorithmIdentifier. */
  public Oid oid() {
    return oid;
  }

  /** JCA name of the hash; empty for Ed25519, which hashes by itself. */
  public String digest() {
    return digest;
  }

  /** Whether the key is RSA and the padding PSS. */
  public boolean isPss() {
    return oid.equals(Oids.RSASSA_PSS);
  }

  /**
   * The AlgorithmIdentifier as RFC 4055 and RFC 5758 want it, DER. Not for PSS, which we never
   * sign.
   */
  public byte[] identifier() {
    if (isPss()) {
      throw new UnsupportedOperationException("Certwright does not sign with RSA-PSS");
    }
    byte[] known = identifier;
    if (known == null) {
      known = encodeIdentifier();
      // Whoever comes at the same time writes the same.
      identifier = known;
    }
    return known.clone();
  }

  private byte[] encodeIdentifier() {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    if (this == RSA_SHA256 || this == RSA_SHA384 || this == RSA_SHA512) {
      writer.nothing();
    }
    return writer.oid(oid).wrap(Tag.SEQUENCE, mark).toByteArray();
  }

  /**
   * Reads an AlgorithmIdentifier.
   *
   * @param identifier its DER
   * @return the algorithm, or null if it is none of these
   */
  public static @Nullable SignatureAlgorithm of(byte[] identifier) {
    DerReader reader = DerReader.of(identifier).read(Tag.SEQUENCE);
    Oid oid = reader.readOid();
    if (oid.equals(Oids.RSASSA_PSS)) {
      return PssParameters.algorithm(reader.isEmpty() ? new byte[0] : reader.readElement());
    }
    for (SignatureAlgorithm algorithm : ALL) {
      if (algorithm.oid.equals(oid)) {
        boolean parametersForbidden = algorithm == ED25519;
        return parametersForbidden && !reader.isEmpty() ? null : algorithm;
      }
    }
    return null;
  }
}
