package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.der.Oid;
import java.util.ArrayList;
import java.util.List;

/** Why a chain that leads to a trusted CA is refused all the same. */
final class ChainRefusal {
  private ChainRefusal() {}

  static Refusal policy(Certificate leaf) {
    return new Refusal(
        Stage.VERIFY,
        Reason.POLICY,
        leaf,
        "a CA of the chain demands a certificate policy, and no policy holds from there down to the"
            + " leaf",
        "issue it with the policy that its CA demands");
  }

  static Refusal purpose(Certificate certificate, List<Certificate> chain) {
    List<String> names = new ArrayList<>();
    for (Oid purpose : certificate.extensionValues().purposes()) {
      names.add(purposeName(purpose));
    }
    boolean leaf = certificate.equals(chain.get(0));
    return new Refusal(
        Stage.VERIFY,
        Reason.PURPOSE,
        certificate,
        CertificateName.of(certificate)
            + " is for "
            + String.join(", ", names)
            + " only, and clients need clientAuth",
        leaf
            ? "issue it with extended key usage clientAuth"
            : "issue it by a CA whose extended key usage, if it has one, holds clientAuth");
  }

  private static String purposeName(Oid purpose) {
    if (purpose.equals(Oids.SERVER_AUTH)) {
      return "serverAuth";
    }
    return switch (purpose.toString()) {
      case "1.3.6.1.5.5.7.3.3" -> "codeSigning";
      case "1.3.6.1.5.5.7.3.4" -> "emailProtection";
      case "1.3.6.1.5.5.7.3.8" -> "timeStamping";
      case "1.3.6.1.5.5.7.3.9" -> "OCSPSigning";
      default -> purpose.toString();
    };
  }

  static Refusal nameConstraint(NameConstraintCheck.Violation violation) {
    return new Refusal(
        Stage.VERIFY,
        Reason.NAME_CONSTRAINT,
        violation.bearer(),
        CertificateName.of(violation.authority())
            + " must not certify an alternative name of "
            + CertificateName.of(violation.bearer())
            + ": "
            + CertificateName.shortened(SafeText.of(violation.text())),
        "issue it without that name; a client needs none");
  }
}
