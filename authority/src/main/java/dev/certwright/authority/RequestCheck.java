package dev.certwright.authority;

import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Extension;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.extension.ExtensionValues;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be said about a request that somebody brings. Its key is used if it is sound; its
 * subject and extensions never are: they only are compared and listed, and refused if
 * kube-apiserver would not read them (rule CS-43).
 */
public final class RequestCheck {
  private static final int MINIMUM_RSA_BITS = 2048;
  private static final int MAXIMUM_RSA_BITS = 8192;

  private RequestCheck() {}

  /** All findings about a request for a certificate that will have this subject. */
  public static List<Finding> of(CertificateRequest request, DistinguishedName planned) {
    List<Finding> findings = new ArrayList<>(ofKey(request.publicKey()));
    if (findings.isEmpty()) {
      // With a key that is refused the signature would say nothing more.
      signature(request, findings);
    }
    if (!request.subject().attributes().isEmpty()
        && !request.subject().attributes().equals(planned.attributes())) {
      findings.add(
          Finding.warning(
              "csr-subject",
              "the request asks for the subject "
                  + request.subject()
                  + " and the certificate gets "
                  + planned,
              "only the command line decides; change it if the request is right"));
    }
    for (Extension extension : request.requestedExtensions().list()) {
      findings.add(ofExtension(extension));
    }
    return findings;
  }

  /** Names that upstream could not read are refused as it refuses them; all others are left out. */
  private static Finding ofExtension(Extension extension) {
    if (extension.oid().equals(Oids.SUBJECT_ALTERNATIVE_NAME)) {
      try {
        ExtensionValues.of(List.of(extension));
      } catch (DerException malformed) {
        return Finding.forbidden(
            "csr-extension-malformed",
            "the request asks for alternative names that cannot be read ("
                + malformed.getMessage()
                + ")",
            "make it anew without them: a client certificate needs none");
      }
    }
    return Finding.note(
        "csr-extension",
        "the request asks for the extension " + extension.oid() + ", which is left out",
        "");
  }

  private static void signature(CertificateRequest request, List<Finding> findings) {
    if (request.signatureAlgorithm() == null) {
      findings.add(
          Finding.forbidden(
              "csr-signature-algorithm",
              "the request is signed with an algorithm that is not taken here ("
                  + request.signatureAlgorithmDescription()
                  + ")",
              "make it anew with SHA-256 or better"));
    } else if (!request.provesPossession()) {
      findings.add(
          Finding.forbidden(
              "csr-signature",
              "the request is not signed by the key it names ("
                  + request.signatureAlgorithmDescription()
                  + ")",
              "make it anew with the private key it is for"));
    }
  }

  /** Whether a key is fit to be certified. */
  public static List<Finding> ofKey(PublicKeyInfo key) {
    return switch (key.family()) {
      case RSA -> ofRsa(key);
      case EC -> ofEc(key);
      case ED25519 -> List.of();
      case OTHER ->
          List.of(
              Finding.forbidden(
                  "key-type",
                  "a " + key.description(),
                  "use RSA, ECDSA or Ed25519: TLS servers written in Go accept no other"));
    };
  }

  private static List<Finding> ofRsa(PublicKeyInfo key) {
    List<Finding> findings = new ArrayList<>();
    int bits = key.modulus().bitLength();
    if (bits < MINIMUM_RSA_BITS) {
      findings.add(
          Finding.forbidden(
              "key-weak", "an RSA key of " + bits + " bits", "use 2048 bits or more, or P-256"));
    } else if (bits > MAXIMUM_RSA_BITS) {
      findings.add(
          Finding.forbidden(
              "key-large",
              "an RSA key of " + bits + " bits",
              "use at most 8192: kube-apiserver's TLS refuses more (rule X-03)"));
    }
    BigInteger exponent = key.exponent();
    if (exponent.compareTo(BigInteger.valueOf(3)) < 0
        || !exponent.testBit(0)
        || exponent.bitLength() > 31) {
      findings.add(
          Finding.forbidden(
              "key-exponent", "an RSA key with exponent " + shortened(exponent), "use 65537"));
    }
    if (!key.modulus().testBit(0)) {
      findings.add(
          Finding.forbidden("key-weak", "an RSA key with an even modulus", "make a new key"));
    }
    return findings;
  }

  private static List<Finding> ofEc(PublicKeyInfo key) {
    boolean usable =
        Oids.P_256.equals(key.curve())
            || Oids.P_384.equals(key.curve())
            || Oids.P_521.equals(key.curve());
    return usable
        ? List.of()
        : List.of(
            Finding.forbidden(
                "key-curve", "a key " + key.description(), "use P-256, P-384 or P-521"));
  }

  private static String shortened(BigInteger number) {
    return number.bitLength() > 64 ? "of " + number.bitLength() + " bits" : number.toString();
  }
}
