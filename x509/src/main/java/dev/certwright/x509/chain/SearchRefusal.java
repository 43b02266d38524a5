package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import java.time.Instant;
import java.util.List;

/** Why no way leads to a trusted CA. */
final class SearchRefusal {
  private SearchRefusal() {}

  static Refusal searchLimit(Certificate leaf) {
    return new Refusal(
        Stage.VERIFY,
        Reason.SEARCH_LIMIT,
        leaf,
        "kube-apiserver gives up after a hundred candidates for issuers, and none of them led to a"
            + " trusted CA",
        "present only the certificates between the leaf and the CA");
  }

  static Refusal workLimit(Certificate leaf) {
    return new Refusal(
        Stage.VERIFY,
        Reason.SEARCH_LIMIT,
        leaf,
        "checking the signatures of all that was presented costs more than 100 checks with P-256 do,"
            + " and what was checked so far led to no trusted CA",
        "present only the certificates between the leaf and the CA");
  }

  static Refusal unknownAuthority(
      Certificate leaf, CertificatePool anchors, CertificatePool intermediates) {
    Certificate last = leaf;
    for (int i = 0; i < 10 && !last.isSelfIssued(); i++) {
      List<Certificate> above = intermediates.called(last.issuer());
      if (above.isEmpty()) {
        break;
      }
      last = above.get(0);
    }
    String fullIssuer = last.issuer().toString();
    String issuer = CertificateName.shortened(fullIssuer);
    for (Certificate anchor : anchors.all()) {
      if (anchor.subject().toString().equals(fullIssuer)
          && !anchor.subject().equals(last.issuer())) {
        return new Refusal(
            Stage.VERIFY,
            Reason.UNKNOWN_AUTHORITY,
            last,
            "a trusted CA is called '"
                + issuer
                + "' too, but its name is encoded in other bytes than the issuer's name in "
                + CertificateName.of(last)
                + ", and kube-apiserver compares bytes",
            "issue it with the issuer's name exactly as it stands in the CA's certificate");
      }
    }
    return new Refusal(
        Stage.VERIFY,
        Reason.UNKNOWN_AUTHORITY,
        last,
        (last.isSelfIssued()
                ? CertificateName.of(last) + " is self-signed"
                : CertificateName.of(last) + " was issued by '" + issuer + "'")
            + ", and "
            + trusted(anchors)
            + (last.equals(leaf) ? "" : "; the chain leads no further"),
        "issue it by a trusted CA, present the certificates in between, or have the CA trusted");
  }

  private static String trusted(CertificatePool anchors) {
    if (anchors.all().isEmpty()) {
      return "no CA is trusted";
    }
    StringBuilder text = new StringBuilder("the only trusted ");
    text.append(anchors.all().size() == 1 ? "CA is" : "CAs are");
    int shown = 0;
    for (Certificate anchor : anchors.all()) {
      if (shown == 3) {
        return text.append(" and ").append(anchors.all().size() - shown).append(" more").toString();
      }
      text.append(shown++ == 0 ? " '" : ", '")
          .append(CertificateName.shortened(anchor.subject().toString()))
          .append('\'');
    }
    return text.toString();
  }

  static Refusal candidate(ChainSearch.Failure failure, Instant time) {
    Certificate child = failure.child();
    Certificate candidate = failure.candidate();
    return switch (failure.reason()) {
      case AUTHORITY_CRITICAL_EXTENSION ->
          CertificateRefusal.criticalExtension(candidate, failure.reason());
      case AUTHORITY_EXPIRED, AUTHORITY_NOT_YET_VALID ->
          CertificateRefusal.time(candidate, time, failure.reason());
      case OTHER_KEY ->
          refusal(
              failure,
              CertificateName.of(child)
                  + " was signed by a CA with the same name but another key than "
                  + CertificateName.of(candidate),
              "have the CA trusted that signed it, or issue it anew by the trusted one");
      case BAD_SIGNATURE ->
          refusal(
              failure,
              CertificateName.of(child)
                  + " names the key of "
                  + CertificateName.of(candidate)
                  + ", which did not make its signature: it was changed, or is forged",
              "take the certificate as it was issued, or issue a new one");
      case UNUSABLE_ALGORITHM ->
          refusal(
              failure,
              CertificateName.of(child)
                  + " is signed with "
                  + child.signatureAlgorithmDescription()
                  + ", which kube-apiserver does not accept",
              "issue it anew, signed with SHA-256 or better");
      case UNUSABLE_AUTHORITY_KEY ->
          refusal(
              failure,
              "the key of "
                  + CertificateName.of(candidate)
                  + " is a "
                  + candidate.publicKey().description()
                  + ", which kube-apiserver does not accept",
              "make a new CA with an ECDSA P-256 or an RSA key of 2048 bits or more");
      case NOT_A_CA ->
          refusal(
              failure,
              CertificateName.of(child)
                  + " names "
                  + CertificateName.of(candidate)
                  + " as its issuer, which is not a CA"
                  + (candidate.version() == 3
                      ? ""
                      : " (it is of version " + candidate.version() + ")"),
              "a CA's certificate needs basic constraints with CA set");
      case NOT_FOR_SIGNING ->
          refusal(
              failure,
              CertificateName.of(candidate)
                  + " must not sign certificates: its key usage lacks keyCertSign",
              "make the CA's certificate anew with keyCertSign");
      case PATH_TOO_LONG ->
          refusal(
              failure,
              CertificateName.of(candidate)
                  + " allows "
                  + pathLength(candidate)
                  + " CAs below it, and there are "
                  + (failure.depth() - 1),
              "issue it by a CA that stands higher");
      default ->
          refusal(
              failure,
              CertificateName.of(child)
                  + " leads back to the same name and key and to no trusted CA",
              "issue it by a trusted CA, or have the CA trusted");
    };
  }

  private static Refusal refusal(ChainSearch.Failure failure, String message, String hint) {
    boolean unsigned =
        failure.reason() == Reason.OTHER_KEY || failure.reason() == Reason.BAD_SIGNATURE;
    boolean weakKey = unsigned && isWeak(failure.candidate());
    if (weakKey) {
      return new Refusal(
          Stage.VERIFY,
          Reason.UNUSABLE_AUTHORITY_KEY,
          failure.candidate(),
          "the key of "
              + CertificateName.of(failure.candidate())
              + " is "
              + failure.candidate().publicKey().description()
              + ", which kube-apiserver does not accept",
          "make a new CA with an ECDSA P-256 or an RSA key of 2048 bits or more");
    }
    boolean childAtFault = unsigned || failure.reason() == Reason.UNUSABLE_ALGORITHM;
    return new Refusal(
        Stage.VERIFY,
        failure.reason(),
        childAtFault ? failure.child() : failure.candidate(),
        message,
        hint);
  }

  private static boolean isWeak(Certificate certificate) {
    PublicKeyInfo key = certificate.publicKey();
    return key.family() == PublicKeyInfo.Family.RSA && key.modulus().bitLength() < 1024;
  }

  private static int pathLength(Certificate certificate) {
    var constraints = certificate.extensionValues().basicConstraints();
    return constraints == null ? 0 : constraints.pathLength();
  }
}
