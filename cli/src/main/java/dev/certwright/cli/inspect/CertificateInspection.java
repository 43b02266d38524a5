package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.RequestCheck;
import dev.certwright.authority.Severity;
import dev.certwright.cli.output.Times;
import dev.certwright.identity.Identity;
import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.Extension;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.Oid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a certificate is and what is odd about it. */
final class CertificateInspection {
  private static final Duration TOO_LONG = IssuancePolicy.DEFAULT_MAXIMUM_LIFETIME;
  private static final Duration SOON = Duration.ofDays(7);

  private final Certificate certificate;
  private final Instant now;
  private final List<Certificate> clientAuthorities;
  private final List<Certificate> companions;
  private final List<Finding> findings = new ArrayList<>();

  private CertificateInspection(
      Certificate certificate,
      Instant now,
      List<Certificate> clientAuthorities,
      List<Certificate> companions) {
    this.certificate = certificate;
    this.now = now;
    this.clientAuthorities = clientAuthorities;
    this.companions = companions;
  }

  /**
   * Looks at one certificate.
   *
   * @param clientAuthorities the CAs the API server trusts; empty if they are not known
   * @param companions certificates that came with it, possible intermediates
   */
  static Item of(
      Certificate certificate,
      String where,
      Instant now,
      List<Certificate> clientAuthorities,
      List<Certificate> companions) {
    CertificateInspection inspection =
        new CertificateInspection(certificate, now, clientAuthorities, companions);
    Map<String, @Nullable Object> fields = inspection.fields();
    return new Item(
        inspection.isAuthority() ? "CA certificate" : "certificate",
        where,
        fields,
        inspection.findings);
  }

  private boolean isAuthority() {
    try {
      BasicConstraints constraints = certificate.extensions().basicConstraints();
      return constraints != null && constraints.ca();
    } catch (X509Exception malformed) {
      return false;
    }
  }

  private Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    boolean authority = isAuthority();
    if (!authority) {
      IdentityFields.add(fields, findings, SubjectIdentity.of(certificate));
      checkIdentity();
    }
    fields.put("subject", certificate.subject().toString());
    fields.put("issuer", certificate.issuer().toString());
    fields.put("serialNumber", certificate.serialNumber().toString());
    fields.put("notBefore", Times.rfc3339(certificate.validity().notBefore()));
    fields.put("notAfter", Times.rfc3339(certificate.validity().notAfter()));
    boolean over = certificate.validity().notAfter().isBefore(now);
    fields.put(
        over ? "expired" : "expires", Times.relative(certificate.validity().notAfter(), now));
    fields.put("key", certificate.publicKey().description());
    fields.put("signatureAlgorithm", certificate.signatureAlgorithmDescription());
    List<@Nullable Object> extensions = new ArrayList<>();
    for (Extension extension : certificate.extensions().list()) {
      extensions.add(ExtensionText.of(extension));
    }
    fields.put("extensions", extensions);
    fields.put("fingerprint", HexFormat.of().formatHex(certificate.fingerprint()));
    fields.put("credentialId", certificate.credentialId().value());
    checkValidity(authority);
    findings.addAll(RequestCheck.ofKey(certificate.publicKey()));
    checkSignature();
    if (!authority) {
      checkPurpose();
      checkSigner();
    }
    return fields;
  }

  private void checkIdentity() {
    List<String> names = certificate.subject().values(Oids.COMMON_NAME);
    if (names.size() > 1) {
      warn(
          "several-common-names",
          names.size() + " Common Names; the last one counts (rule X-14)",
          "other programs may read the first: issue it anew with one");
    }
    List<String> groups = certificate.subject().values(Oids.ORGANIZATION);
    if (groups.contains(Identity.SUPERUSER_GROUP)) {
      problem(
          "system-masters",
          "the group system:masters: it may do everything, and no authorizer can refuse it",
          "let it expire, or replace the CA; issue one with an ordinary group and a role instead");
    }
    for (String group : groups) {
      if (group.isEmpty()) {
        warn("empty-group", "an empty group", "issue it anew without the empty Organization");
      }
    }
  }

  private void checkValidity(boolean authority) {
    if (now.isAfter(certificate.validity().notAfter())) {
      problem(
          "expired",
          "expired " + Times.relative(certificate.validity().notAfter(), now),
          "issue a new one");
    } else if (now.isBefore(certificate.validity().notBefore())) {
      problem(
          "not-yet-valid",
          "valid only from " + Times.human(certificate.validity().notBefore()),
          "check the clocks of this machine and of the one that signed it");
    }
    Duration life =
        Duration.between(certificate.validity().notBefore(), certificate.validity().notAfter());
    Duration left = Duration.between(now, certificate.validity().notAfter());
    if (!authority
        && !left.isNegative()
        && left.compareTo(SOON) < 0
        && left.compareTo(life.dividedBy(4)) < 0) {
      findings.add(
          new Finding(
              Severity.NOTE,
              "expires-soon",
              "expires " + Times.relative(certificate.validity().notAfter(), now),
              "issue a new one in time"));
    }
    if (!authority && life.minus(Duration.ofHours(1)).compareTo(TOO_LONG) > 0) {
      warn(
          "long-lived",
          "it lives for " + Lifetime.describe(life) + ", and cannot be taken back by itself",
          "issue short-lived ones: certwright issue gives 24 h");
    }
  }

  private void checkSignature() {
    String algorithm = certificate.signatureAlgorithmDescription();
    if ((algorithm.endsWith("SHA-1") || algorithm.endsWith("MD5")) && !certificate.isSelfIssued()) {
      problem(
          "weak-signature",
          "signed by " + algorithm + ", which kube-apiserver refuses (rule GV-21)",
          "have it signed anew with SHA-256");
    }
  }

  private void checkPurpose() {
    try {
      List<Oid> purposes = certificate.extensions().extendedKeyUsage();
      if (purposes == null) {
        findings.add(
            new Finding(
                Severity.NOTE,
                "no-extended-key-usage",
                "no extendedKeyUsage: good for any purpose, client authentication among them",
                ""));
      } else if (!purposes.isEmpty()
          && !purposes.contains(Oids.CLIENT_AUTH)
          && !purposes.contains(Oids.ANY_EXTENDED_KEY_USAGE)) {
        problem(
            "no-client-auth",
            "not for client authentication: kube-apiserver refuses it (rule GV-08)",
            "issue one with extendedKeyUsage clientAuth");
      }
    } catch (X509Exception malformed) {
      problem("extension", "a damaged extension: " + malformed.getMessage(), "");
    }
  }

  private void checkSigner() {
    if (clientAuthorities.isEmpty()) {
      return;
    }
    List<Certificate> reached = new ArrayList<>(clientAuthorities);
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Certificate companion : companions) {
        if (!reached.contains(companion) && signedByOneOf(companion, reached)) {
          reached.add(companion);
          grown = true;
        }
      }
    }
    if (!clientAuthorities.contains(certificate) && !signedByOneOf(certificate, reached)) {
      problem(
          "not-signed-by-client-ca", notSigned(), "sign it with the CA that the API server trusts");
    }
  }

  private String notSigned() {
    for (Certificate authority : clientAuthorities) {
      if (authority.subject().equals(certificate.issuer())) {
        return "signed by a CA with the same name as the one given, but another key";
      }
    }
    return "not signed by the CA given, but by " + certificate.issuer();
  }

  private static boolean signedByOneOf(Certificate certificate, List<Certificate> authorities) {
    for (Certificate authority : authorities) {
      if (certificate.isSignedBy(authority)) {
        return true;
      }
    }
    return false;
  }

  private void problem(String rule, String found, String advice) {
    findings.add(new Finding(Severity.FORBIDDEN, rule, found, advice));
  }

  private void warn(String rule, String found, String advice) {
    findings.add(new Finding(Severity.WARNING, rule, found, advice));
  }
}
