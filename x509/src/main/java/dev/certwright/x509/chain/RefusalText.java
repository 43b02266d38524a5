package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.der.Oid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Says why and what to do. */
final class RefusalText {
  private static final int MAXIMUM_NAME = 200;
  private static final String RENEW = "issue a new one";

  private RefusalText() {}

  static Refusal nothingPresented() {
    return new Refusal(
        Stage.TLS, Reason.NOTHING_PRESENTED, null, "no certificate was presented", "");
  }

  static Refusal notPem(int index) {
    return new Refusal(
        Stage.TLS,
        Reason.UNREADABLE,
        null,
        "certificate " + (index + 1) + " of the chain is not PEM",
        "give each certificate between its BEGIN and END lines");
  }

  static Refusal unreadable(int index, Exception why) {
    return new Refusal(
        Stage.TLS,
        Reason.UNREADABLE,
        null,
        (index == 0 ? "the certificate" : "certificate " + (index + 1) + " of the chain")
            + " cannot be read, so the TLS handshake fails: "
            + why.getMessage(),
        index == 0 ? RENEW : "leave it out of the chain, or present it as it was issued");
  }

  static Refusal keyTooLarge(Certificate certificate) {
    return new Refusal(
        Stage.TLS,
        Reason.KEY_TOO_LARGE,
        certificate,
        name(certificate)
            + " has an RSA key of "
            + certificate.publicKey().modulus().bitLength()
            + " bits; the TLS handshake fails with more than 8192",
        "use a smaller key, best ECDSA P-256");
  }

  static Refusal keyType(Certificate leaf) {
    return new Refusal(
        Stage.TLS,
        Reason.KEY_TYPE,
        leaf,
        "the certificate's key is a "
            + leaf.publicKey().description()
            + "; the TLS handshake fails unless it is RSA, ECDSA or Ed25519",
        "issue one for another key, best ECDSA P-256");
  }

  static Refusal criticalExtension(Certificate certificate, Reason reason) {
    List<String> oids = new ArrayList<>();
    for (Oid oid : certificate.extensionValues().unhandledCritical()) {
      oids.add(
          oid.equals(Oids.SUBJECT_ALTERNATIVE_NAME) || oid.equals(Oids.NAME_CONSTRAINTS)
              ? oid + " (of kinds of names it does not know)"
              : oid.toString());
    }
    return new Refusal(
        Stage.VERIFY,
        reason,
        certificate,
        name(certificate)
            + " has critical extensions that kube-apiserver does not understand: "
            + String.join(", ", oids),
        "issue it without them, or not critical");
  }

  static Refusal time(Certificate certificate, Instant time, Reason reason) {
    boolean early = reason == Reason.NOT_YET_VALID || reason == Reason.AUTHORITY_NOT_YET_VALID;
    boolean leaf = reason == Reason.NOT_YET_VALID || reason == Reason.EXPIRED;
    Instant bound = early ? certificate.validity().notBefore() : certificate.validity().notAfter();
    String hint;
    if (early) {
      hint = "check the clock of whoever issued it, or wait";
    } else {
      hint = leaf ? RENEW : "renew the CA's certificate, and give the new one to the API server";
    }
    return new Refusal(
        Stage.VERIFY,
        reason,
        certificate,
        name(certificate)
            + (early ? " is not valid before " : " expired ")
            + (early
                ? bound + ", which is in " + age(Duration.between(time, bound))
                : age(Duration.between(bound, time)) + " ago, at " + bound),
        hint);
  }

  /** In the largest unit of which there is at least one. */
  private static String age(Duration duration) {
    long seconds = Math.max(duration.toSeconds(), 1);
    if (seconds >= 2 * 86_400) {
      return seconds / 86_400 + " days";
    } else if (seconds >= 2 * 3_600) {
      return seconds / 3_600 + " hours";
    } else if (seconds >= 2 * 60) {
      return seconds / 60 + " minutes";
    }
    return seconds == 1 ? "1 second" : seconds + " seconds";
  }

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
        "checking the signatures of all that was presented costs more than 160 checks with P-256 do,"
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
    String issuer = shortened(fullIssuer);
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
                + name(last)
                + ", and kube-apiserver compares bytes",
            "issue it with the issuer's name exactly as it stands in the CA's certificate");
      }
    }
    return new Refusal(
        Stage.VERIFY,
        Reason.UNKNOWN_AUTHORITY,
        last,
        (last.isSelfIssued()
                ? name(last) + " is self-signed"
                : name(last) + " was issued by '" + issuer + "'")
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
          .append(shortened(anchor.subject().toString()))
          .append('\'');
    }
    return text.toString();
  }

  static Refusal candidate(ChainSearch.Failure failure, Instant time) {
    Certificate child = failure.child();
    Certificate candidate = failure.candidate();
    return switch (failure.reason()) {
      case AUTHORITY_CRITICAL_EXTENSION -> criticalExtension(candidate, failure.reason());
      case AUTHORITY_EXPIRED, AUTHORITY_NOT_YET_VALID -> time(candidate, time, failure.reason());
      case OTHER_KEY ->
          refusal(
              failure,
              name(child)
                  + " was signed by a CA with the same name but another key than "
                  + name(candidate),
              "have the CA trusted that signed it, or issue it anew by the trusted one");
      case UNUSABLE_ALGORITHM ->
          refusal(
              failure,
              name(child)
                  + " is signed with "
                  + child.signatureAlgorithmDescription()
                  + ", which kube-apiserver does not accept",
              "issue it anew, signed with SHA-256 or better");
      case UNUSABLE_AUTHORITY_KEY ->
          refusal(
              failure,
              "the key of "
                  + name(candidate)
                  + " is a "
                  + candidate.publicKey().description()
                  + ", which kube-apiserver does not accept",
              "make a new CA with an ECDSA P-256 or an RSA key of 2048 bits or more");
      case NOT_A_CA ->
          refusal(
              failure,
              name(child)
                  + " names "
                  + name(candidate)
                  + " as its issuer, which is not a CA"
                  + (candidate.version() == 3
                      ? ""
                      : " (it is of version " + candidate.version() + ")"),
              "a CA's certificate needs basic constraints with CA set");
      case NOT_FOR_SIGNING ->
          refusal(
              failure,
              name(candidate) + " must not sign certificates: its key usage lacks keyCertSign",
              "make the CA's certificate anew with keyCertSign");
      case PATH_TOO_LONG ->
          refusal(
              failure,
              name(candidate)
                  + " allows "
                  + pathLength(candidate)
                  + " CAs below it, and there are "
                  + (failure.depth() - 1),
              "issue it by a CA that stands higher");
      default ->
          refusal(
              failure,
              name(child) + " leads back to the same name and key and to no trusted CA",
              "issue it by a trusted CA, or have the CA trusted");
    };
  }

  private static Refusal refusal(ChainSearch.Failure failure, String message, String hint) {
    boolean weakKey = failure.reason() == Reason.OTHER_KEY && isWeak(failure.candidate());
    if (weakKey) {
      return new Refusal(
          Stage.VERIFY,
          Reason.UNUSABLE_AUTHORITY_KEY,
          failure.candidate(),
          "the key of "
              + name(failure.candidate())
              + " is "
              + failure.candidate().publicKey().description()
              + ", which kube-apiserver does not accept",
          "make a new CA with an ECDSA P-256 or an RSA key of 2048 bits or more");
    }
    boolean childAtFault =
        failure.reason() == Reason.OTHER_KEY || failure.reason() == Reason.UNUSABLE_ALGORITHM;
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
        name(certificate)
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
        name(violation.authority())
            + " must not certify an alternative name of "
            + name(violation.bearer())
            + ": "
            + shortened(SafeText.of(violation.text())),
        "issue it without that name; a client needs none");
  }

  static Refusal noCommonName(Certificate leaf, boolean isEmpty) {
    return new Refusal(
        Stage.NO_OPINION,
        Reason.NO_COMMON_NAME,
        leaf,
        (isEmpty
                ? "the last Common Name of the subject is empty"
                : "the subject has no Common Name")
            + ", so kube-apiserver takes the certificate for nobody's",
        "issue it with the user's name as Common Name");
  }

  static Refusal severalUids(Certificate leaf, int count) {
    return new Refusal(
        Stage.IDENTITY,
        Reason.SEVERAL_UIDS,
        leaf,
        "the subject has " + count + " uids; kube-apiserver accepts one",
        "issue it with one uid or none");
  }

  static Refusal emptyUid(Certificate leaf) {
    return new Refusal(
        Stage.IDENTITY,
        Reason.EMPTY_UID,
        leaf,
        "the subject's uid is empty, which kube-apiserver refuses",
        "issue it with a uid or without the attribute");
  }

  /** How a certificate is called in messages. */
  private static String name(Certificate certificate) {
    DistinguishedName subject = certificate.subject();
    return subject.attributes().isEmpty()
        ? "the certificate with serial number " + certificate.serialNumber()
        : "'" + shortened(subject.toString()) + "'";
  }

  /** Names come from strangers: they must not fill a log. */
  private static String shortened(String text) {
    return text.length() <= MAXIMUM_NAME ? text : text.substring(0, MAXIMUM_NAME) + "...";
  }
}
