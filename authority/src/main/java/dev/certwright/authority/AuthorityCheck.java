package dev.certwright.authority;

import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.der.Oid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Would kube-apiserver accept client certificates that this CA signs? What it would refuse is
 * forbidden here, so that no certificate is made that cannot work.
 */
public final class AuthorityCheck {
  private static final Duration SOON = Duration.ofDays(90);

  private final List<Finding> findings = new ArrayList<>();

  private AuthorityCheck() {}

  /** All findings about a CA and the CAs above it, at this time. */
  public static List<Finding> of(Certificate certificate, List<Certificate> above, Instant now) {
    AuthorityCheck check = new AuthorityCheck();
    check.one("the CA", certificate, 0, now);
    for (int i = 0; i < above.size(); i++) {
      check.one("the CA " + above.get(i).subject(), above.get(i), i + 1, now);
    }
    if (!certificate.isSelfIssued() && above.isEmpty()) {
      check.findings.add(
          Finding.note(
              "ca-chain",
              "the CA is an intermediate and the CAs above it are not in its file",
              "fine if the API server trusts this CA itself; else append the CAs above it"));
    }
    return check.findings;
  }

  private void one(String what, Certificate ca, int below, Instant now) {
    dates(what, ca, now);
    if (ca.version() == 3) {
      constraints(what, ca, below);
    } else if (!ca.isSelfIssued()) {
      forbidden(
          "ca-version",
          what + " is an intermediate of X.509 version " + ca.version(),
          "make one with basicConstraints CA:TRUE (rule XS-11)");
    }
    key(what, ca.publicKey());
    for (Oid extension : ca.extensionValues().unhandledCritical()) {
      forbidden(
          "ca-critical",
          what
              + " has a critical extension that kube-apiserver does not know, or of a kind it does"
              + " not ("
              + extension
              + ")",
          "use a CA without it (rules GV-18, GV-19)");
    }
  }

  private void dates(String what, Certificate ca, Instant now) {
    if (now.isAfter(ca.validity().notAfter())) {
      forbidden(
          "ca-expired", what + " expired on " + ca.validity().notAfter(), "renew the CA first");
    } else if (now.isBefore(ca.validity().notBefore())) {
      forbidden(
          "ca-not-yet-valid",
          what + " is valid only from " + ca.validity().notBefore(),
          "check the clock of this machine (it says " + now + ")");
    } else if (now.plus(SOON).isAfter(ca.validity().notAfter())) {
      findings.add(
          Finding.warning(
              "ca-expires-soon",
              what
                  + " expires in "
                  + Lifetime.describe(Duration.between(now, ca.validity().notAfter())),
              "plan its renewal: no client certificate outlives it"));
    }
  }

  private void constraints(String what, Certificate ca, int below) {
    BasicConstraints constraints = ca.extensions().basicConstraints();
    if (constraints == null || !constraints.ca()) {
      forbidden(
          "ca-not-a-ca",
          what
              + " is not a CA: "
              + (constraints == null
                  ? "it has no basicConstraints"
                  : "basicConstraints says CA:FALSE"),
          "use the certificate that --client-ca-file of the API server names");
    } else if (constraints.pathLength() >= 0 && constraints.pathLength() < below) {
      forbidden(
          "ca-path-length",
          what + " allows " + constraints.pathLength() + " CAs below it and has " + below,
          "sign with a CA that stands higher (rule GV-15)");
    }
    Set<KeyUsage> usage = ca.extensions().keyUsage();
    // An all-zero keyUsage is no restriction (rule XS-33).
    if (usage != null && !usage.isEmpty() && !usage.contains(KeyUsage.KEY_CERT_SIGN)) {
      forbidden(
          "ca-key-usage",
          what
              + " may not sign certificates: keyUsage has "
              + String.join(", ", KeyUsage.names(usage))
              + " and not keyCertSign",
          "use a CA with keyCertSign (rule GV-12)");
    }
    List<Oid> purposes = ca.extensions().extendedKeyUsage();
    if (purposes != null
        && !purposes.isEmpty()
        && !purposes.contains(Oids.CLIENT_AUTH)
        && !purposes.contains(Oids.ANY_EXTENDED_KEY_USAGE)) {
      forbidden(
          "ca-extended-key-usage",
          what
              + " may not sign for client authentication: its"
              + " extendedKeyUsage is "
              + purposes,
          "use a CA without extendedKeyUsage (rule GV-08)");
    }
  }

  private void key(String what, PublicKeyInfo key) {
    if (key.family() == PublicKeyInfo.Family.OTHER) {
      forbidden("ca-key", what + " has a " + key.description(), "use RSA, ECDSA or Ed25519");
    } else if (key.family() == PublicKeyInfo.Family.RSA && key.modulus().bitLength() < 1024) {
      forbidden(
          "ca-weak-key",
          what + " has an RSA key of " + key.modulus().bitLength() + " bits",
          "kube-apiserver refuses keys below 1024 bits (rule GV-23): make a new CA");
    } else if (key.family() == PublicKeyInfo.Family.RSA && key.modulus().bitLength() < 2048) {
      findings.add(
          Finding.warning(
              "ca-weak-key",
              what + " has an RSA key of " + key.modulus().bitLength() + " bits",
              "plan a CA with 2048 bits or more, or with P-256"));
    }
  }

  private void forbidden(String rule, String found, String advice) {
    findings.add(Finding.forbidden(rule, found, advice));
  }
}
