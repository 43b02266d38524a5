package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.der.Oid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one certificate by itself: its time, or what it demands. */
final class CertificateRefusal {
  private static final String RENEW = "issue a new one";

  private CertificateRefusal() {}

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
        CertificateName.of(certificate)
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
        CertificateName.of(certificate)
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
}
