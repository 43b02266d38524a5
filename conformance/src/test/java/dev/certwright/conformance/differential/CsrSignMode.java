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
import dev.certwright.authority.RequestFile;
import dev.certwright.authority.Severity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a brought request: upstream's API server, admission and signing controller on one
 * side, {@link RequestCheck} and {@link Issuer} on the other (CS-02 to CS-05, CS-22, CS-40 to
 * CS-43). Whatever Certwright signs, upstream must have signed too, and field by field alike.
 */
final class CsrSignMode implements Mode {
  private final Map<String, CertificateAuthority> authorities = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "csr-sign";
  }

  @Override
  public YamlMapping question(Random random) {
    return new CsrSignQuestions(random).question();
  }

  /**
   * What Certwright makes of it.
   *
   * @param certificate null if it is refused
   * @param rule that refuses it, else empty
   * @param findings about the request that is signed
   */
  record Ours(@Nullable Certificate certificate, String rule, List<Finding> findings) {
    static Ours refused(String rule) {
      return new Ours(null, rule, List.of());
    }

    /** Whether people are told so much. */
    boolean tells(String rule, String text) {
      return findings.stream()
          .anyMatch(finding -> finding.rule().equals(rule) && finding.found().contains(text));
    }
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    CsrSignOrder order = CsrSignOrder.of(question);
    return differences(order, ours(question, order), answer);
  }

  /** The same, with what Certwright made for this order or another. */
  static List<Difference> differences(CsrSignOrder order, Ours ours, YamlMapping answer) {
    boolean signed =
        Choices.text(answer, "outcome").equals("signed")
            && answer.get("validation") == null
            && answer.get("admission") == null;
    if (!signed) {
      if (ours.certificate == null) {
        return List.of();
      }
      return List.of(
          new Difference(
              CsrSignReasons.isOtherForm(order.file())
                      && isFormAlone(answer)
                      && isAsOrdered(order, ours.certificate)
                  ? "laxer-form"
                  : "laxer",
              "ours signs it; upstream: " + JsonWriter.compact(answer)));
    }
    Set<String> reasons = CsrSignReasons.of(order);
    if (ours.certificate == null) {
      String reason = CsrSignReasons.of(ours.rule);
      return List.of(
          reasons.contains(reason)
              ? new Difference("stricter-" + reason, "upstream signs it")
              : new Difference(
                  "refused-" + ours.rule, "upstream signs it, and none of the reasons is there"));
    }
    List<Difference> differences = new ArrayList<>();
    for (String reason : reasons) {
      differences.add(new Difference("signed-in-spite-of-" + reason, "both sign it"));
    }
    differences.addAll(CsrSignComparison.of(order, ours, Choices.mapping(answer, "certificate")));
    return differences;
  }

  /**
   * Upstream did not read so far: nothing is against it, and it has the names that were ordered.
   */
  private static boolean isAsOrdered(CsrSignOrder order, Certificate certificate) {
    return CsrSignReasons.of(order).isEmpty()
        && CsrSignOrder.attributes(certificate.subject().encoded()).equals(order.subject());
  }

  /** Whether upstream has nothing else against it, as far as it read it. */
  private static boolean isFormAlone(YamlMapping answer) {
    return answer.get("validation") instanceof YamlSequence causes
        && causes.values().size() == 1
        && Choices.text((YamlMapping) causes.values().get(0), "message")
            .endsWith(": PEM block type must be CERTIFICATE REQUEST");
  }

  /** What Certwright makes of a question's request and CA for an order. */
  Ours ours(YamlMapping question, CsrSignOrder order) {
    IssuancePolicy policy =
        new IssuancePolicy(new NameRules(true, false, true), CsrSignOrder.CEILING);
    Issuer issuer = new Issuer(authority(question), policy);
    try {
      CertificateRequest request = RequestFile.read(order.file());
      IssuancePlan plan =
          issuer.plan(
              new IssuanceRequest(order.user(), order.groups(), order.uid(), order.life(), null),
              order.now());
      List<Finding> findings = RequestCheck.of(request, plan.subject());
      for (Finding finding : findings) {
        if (finding.severity() == Severity.FORBIDDEN) {
          return Ours.refused(finding.rule());
        }
      }
      return new Ours(issuer.sign(plan, request.publicKey()), "", findings);
    } catch (RefusedException e) {
      for (Finding finding : e.findings()) {
        if (finding.severity() == Severity.FORBIDDEN) {
          return Ours.refused(finding.rule());
        }
      }
      throw e;
    } catch (X509Exception unreadable) {
      return Ours.refused("unreadable");
    }
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
}
