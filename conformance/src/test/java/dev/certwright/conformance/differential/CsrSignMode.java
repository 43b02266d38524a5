package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NameRules;
import dev.certwright.authority.RefusedException;
import dev.certwright.authority.RequestCheck;
import dev.certwright.authority.Severity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Extension;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of a brought request: upstream's API server, admission and signing controller on one
 * side, {@link RequestCheck} and {@link Issuer} on the other (CS-02 to CS-05, CS-22, CS-40 to
 * CS-43). Whatever Certwright signs, upstream must have signed too, and field by field alike.
 */
final class CsrSignMode implements Mode {
  private static final Duration SIGNING_DURATION = Duration.ofDays(365);
  private static final Duration BACKDATE = Duration.ofMinutes(5);

  private final Map<String, CertificateAuthority> authorities = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "csr-sign";
  }

  @Override
  public YamlMapping question(Random random) {
    return new CsrSignQuestions(random).question();
  }

  /** What Certwright makes of it: a certificate, or the rule that refuses it. */
  private record Ours(
      List<Certificate> certificate, String rule, List<DistinguishedName> requested) {}

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    Ours ours = ours(question);
    boolean signed =
        Choices.text(answer, "outcome").equals("signed")
            && answer.get("validation") == null
            && answer.get("admission") == null;
    List<Difference> differences = new ArrayList<>();
    if (ours.certificate.isEmpty()) {
      if (signed) {
        differences.add(new Difference("stricter-" + ours.rule, "upstream signs it"));
      }
    } else if (!signed) {
      differences.add(new Difference("laxer", "ours signs it; upstream: " + answer));
    } else {
      compare(question, ours, Choices.mapping(answer, "certificate"), differences);
    }
    return differences;
  }

  private Ours ours(YamlMapping question) {
    YamlMapping spec = Choices.mapping(Choices.mapping(question, "csr"), "spec");
    YamlMapping wanted = Choices.mapping(question, "comment");
    Instant now = Instant.parse(Choices.text(question, "time"));
    IssuancePolicy policy = new IssuancePolicy(new NameRules(true, false, true), SIGNING_DURATION);
    Issuer issuer = new Issuer(authority(question), policy);
    try {
      CertificateRequest request = request(Choices.text(spec, "request"));
      IssuancePlan plan =
          issuer.plan(
              new IssuanceRequest(
                  Choices.text(wanted, "user"),
                  Choices.texts(wanted, "groups"),
                  Choices.text(wanted, "uid"),
                  Duration.ofSeconds(seconds(spec)),
                  null),
              now);
      for (Finding finding : RequestCheck.of(request, plan.subject())) {
        if (finding.severity() == Severity.FORBIDDEN) {
          return new Ours(List.of(), family(finding.rule()), List.of());
        }
      }
      return new Ours(
          List.of(issuer.sign(plan, request.publicKey())), "", List.of(request.subject()));
    } catch (RefusedException e) {
      for (Finding finding : e.findings()) {
        if (finding.severity() == Severity.FORBIDDEN) {
          return new Ours(List.of(), family(finding.rule()), List.of());
        }
      }
      throw e;
    } catch (X509Exception unreadable) {
      return new Ours(List.of(), "unreadable", List.of());
    }
  }

  /** {@code name} of {@code name-blanks}. */
  private static String family(String rule) {
    int end = rule.indexOf('-');
    return end < 0 ? rule : rule.substring(0, end);
  }

  private static long seconds(YamlMapping spec) {
    return spec.get("expirationSeconds") instanceof YamlNumber number
        ? number.longValueExact()
        : SIGNING_DURATION.toSeconds();
  }

  /** The first block, as upstream takes it. */
  private static CertificateRequest request(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    for (PemBlock block : PemReader.read(bytes)) {
      if (!block.label().equals(PemBlock.CERTIFICATE_REQUEST)) {
        break;
      }
      return CertificateRequest.of(block.bytes());
    }
    throw new X509Exception("no certificate request");
  }

  private CertificateAuthority authority(YamlMapping question) {
    return authorities.computeIfAbsent(
        Choices.text(question, "caCert"),
        pem -> {
          List<Certificate> certificates = new ArrayList<>();
          for (PemBlock block : PemReader.read(pem.getBytes(UTF_8))) {
            certificates.add(Certificate.of(block.bytes()));
          }
          return CertificateAuthority.of(
              certificates,
              new PortableCryptography()
                  .signingKey(
                      PrivateKeyReader.read(
                          Choices.text(question, "caKey").getBytes(UTF_8), PasswordSource.NONE)));
        });
  }

  private void compare(
      YamlMapping question, Ours ours, YamlMapping theirs, List<Difference> differences) {
    Certificate certificate = ours.certificate.get(0);
    CertificateAuthority authority = authority(question);
    Instant authorityStart = authority.certificate().validity().notBefore();
    Instant authorityEnd = authority.certificate().validity().notAfter();
    subject(ours, Choices.text(theirs, "subject"), differences);
    same("issuer", hex(certificate.issuer().encoded()), theirs, "issuer", differences);
    same("public-key", hex(certificate.publicKey().encoded()), theirs, "publicKey", differences);
    same("signature-algorithm", algorithm(certificate), theirs, "signatureAlgorithm", differences);

    Instant notBefore = Instant.parse(Choices.text(theirs, "notBefore"));
    if (!certificate.validity().notBefore().equals(notBefore)) {
      boolean clipped =
          certificate.validity().notBefore().equals(authorityStart)
              && notBefore.isBefore(authorityStart);
      add(
          clipped ? "not-before-ca" : "not-before",
          certificate.validity().notBefore(),
          notBefore,
          differences);
    }
    Instant notAfter = Instant.parse(Choices.text(theirs, "notAfter"));
    if (!certificate.validity().notAfter().equals(notAfter)) {
      Instant later = notAfter.plus(BACKDATE);
      Instant expected = later.isAfter(authorityEnd) ? authorityEnd : later;
      add(
          certificate.validity().notAfter().equals(expected) ? "not-after-backdate" : "not-after",
          certificate.validity().notAfter(),
          notAfter,
          differences);
    }
    extensions(certificate, theirs, differences);
  }

  private static void subject(Ours ours, String theirs, List<Difference> differences) {
    DistinguishedName own = ours.certificate.get(0).subject();
    if (hex(own.encoded()).equals(theirs)) {
      return;
    }
    DistinguishedName other = DistinguishedName.of(HexFormat.of().parseHex(theirs));
    String kind = "subject";
    if (!own.attributes().equals(ours.requested.get(0).attributes())) {
      kind = "subject-not-adopted";
    } else if (other.values(Oids.COMMON_NAME).equals(own.values(Oids.COMMON_NAME))
        && new TreeSet<>(other.values(Oids.ORGANIZATION))
            .equals(new TreeSet<>(own.values(Oids.ORGANIZATION)))
        && other.values(Oids.KUBERNETES_UID).isEmpty()) {
      kind = own.values(Oids.KUBERNETES_UID).isEmpty() ? "subject-encoding" : "subject-uid";
    }
    add(kind, own + " " + hex(own.encoded()), other + " " + theirs, differences);
  }

  private static void extensions(
      Certificate certificate, YamlMapping theirs, List<Difference> differences) {
    Map<String, String> own = new TreeMap<>();
    for (Extension extension : certificate.extensions().list()) {
      own.put(extension.oid().toString(), extension.critical() + " " + hex(extension.value()));
    }
    Map<String, String> others = new TreeMap<>();
    for (YamlValue value :
        ((YamlSequence) Objects.requireNonNull(theirs.get("extensions"))).values()) {
      YamlMapping extension = (YamlMapping) value;
      boolean critical = extension.get("critical") instanceof YamlBoolean flag && flag.value();
      others.put(Choices.text(extension, "oid"), critical + " " + Choices.text(extension, "value"));
    }
    TreeSet<String> all = new TreeSet<>(own.keySet());
    all.addAll(others.keySet());
    for (String oid : all) {
      String one = own.getOrDefault(oid, "none");
      String other = others.getOrDefault(oid, "none");
      if (!one.equals(other)) {
        add("extension-" + oid, one, other, differences);
      }
    }
  }

  private static void same(
      String kind, String ours, YamlMapping theirs, String field, List<Difference> differences) {
    if (!ours.equals(Choices.text(theirs, field))) {
      add(kind, ours, Choices.text(theirs, field), differences);
    }
  }

  private static void add(String kind, Object ours, Object theirs, List<Difference> differences) {
    differences.add(new Difference(kind, "ours:     " + ours + "\nupstream: " + theirs));
  }

  /** As Go calls it. */
  private static String algorithm(Certificate certificate) {
    return switch (certificate.signatureAlgorithmDescription()) {
      case "ECDSA with SHA-256" -> "ECDSA-SHA256";
      case "ECDSA with SHA-384" -> "ECDSA-SHA384";
      case "RSA with SHA-256" -> "SHA256-RSA";
      default -> certificate.signatureAlgorithmDescription();
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
