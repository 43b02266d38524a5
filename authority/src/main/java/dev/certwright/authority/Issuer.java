package dev.certwright.authority;

import dev.certwright.identity.Identity;
import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.Validity;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs client certificates with one CA under one policy. First {@link #plan}, which decides
 * everything, then {@link #sign}. Safe for use by several threads.
 */
public final class Issuer {
  /** Clocks of other machines may be behind (rule CS-41 has the same five minutes). */
  static final Duration BACKDATE = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;

  private final CertificateAuthority authority;
  private final IssuancePolicy policy;
  private final SecureRandom random = new SecureRandom();

  /** No client certificate outlives the CA or a CA above it. */
  private final Instant last;

  private volatile @Nullable CheckedAuthority checked;

  /** What there is to say about the CA, which is asked again and again for the same time. */
  private record CheckedAuthority(Instant time, List<Finding> findings) {}

  /** Binds a CA and a policy. */
  public Issuer(CertificateAuthority authority, IssuancePolicy policy) {
    this.authority = authority;
    this.policy = policy;
    this.last = lastInstant(authority);
  }

  /**
   * Decides what would be signed.
   *
   * @param now the time; seconds count
   * @throws RefusedException if the request, or the CA, is against the rules
   */
  public IssuancePlan plan(IssuanceRequest request, Instant now) {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(authorityFindings(now));
    findings.addAll(policy.names().check(request.user(), request.groups(), request.uid()));
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    lifetime(request.lifetime(), findings);
    remainingLife(Duration.between(second, last), findings);
    BigInteger serialNumber = serialNumber(request.serialNumber(), findings);
    for (Finding finding : findings) {
      if (finding.severity() == Severity.FORBIDDEN) {
        throw new RefusedException(findings);
      }
    }
    Instant notBefore =
        later(second.minus(BACKDATE), authority.certificate().validity().notBefore());
    Instant notAfter = second.plusSeconds(request.lifetime().toSeconds());
    boolean clipped = notAfter.isAfter(last);
    Identity identity =
        new Identity(request.user(), request.uid(), request.groups(), Map.of())
            .withAuthenticatedGroup();
    return new IssuancePlan(
        identity,
        subject(request),
        new Validity(notBefore, clipped ? last : notAfter),
        clipped,
        serialNumber,
        findings);
  }

  /** Signs what was planned for this key. */
  public Certificate sign(IssuancePlan plan, PublicKeyInfo publicKey) {
    int usage = KeyUsage.DIGITAL_SIGNATURE.mask();
    if (publicKey.family() == PublicKeyInfo.Family.RSA) {
      usage |= KeyUsage.KEY_ENCIPHERMENT.mask();
    }
    return CertificateTemplate.of(plan.subject(), publicKey)
        .issuer(authority.certificate().subject())
        .serialNumber(plan.serialNumber())
        .validity(plan.validity())
        .keyUsage(usage)
        .purpose(Oids.CLIENT_AUTH)
        .authorityKeyIdentifier(authority.keyIdentifier())
        .sign(authority.key());
  }

  private List<Finding> authorityFindings(Instant now) {
    CheckedAuthority known = checked;
    if (known == null || !known.time.equals(now)) {
      known =
          new CheckedAuthority(
              now, AuthorityCheck.of(authority.certificate(), authority.above(), now));
      checked = known;
    }
    return known.findings;
  }

  private static Instant lastInstant(CertificateAuthority authority) {
    Instant last = authority.certificate().validity().notAfter();
    for (Certificate higher : authority.above()) {
      if (higher.validity().notAfter().isBefore(last)) {
        last = higher.validity().notAfter();
      }
    }
    return last;
  }

  private void lifetime(Duration lifetime, List<Finding> findings) {
    if (lifetime.compareTo(policy.maximumLifetime()) > 0) {
      findings.add(
          Finding.forbidden(
              "lifetime",
              "a lifetime of "
                  + Lifetime.describe(lifetime)
                  + ", where "
                  + Lifetime.describe(policy.maximumLifetime())
                  + " is the most",
              "choose a shorter --ttl, or raise the ceiling with --max-ttl"));
    } else if (lifetime.compareTo(IssuancePolicy.MINIMUM_LIFETIME) < 0) {
      findings.add(
          Finding.forbidden(
              "lifetime",
              "a lifetime of " + Lifetime.describe(lifetime),
              "use ten minutes or more: clocks differ, and a kubeconfig has to travel"));
    }
  }

  /** What is left of the CA's own life; an expired one is found by {@link AuthorityCheck}. */
  private static void remainingLife(Duration left, List<Finding> findings) {
    if (!left.isNegative() && left.compareTo(IssuancePolicy.MINIMUM_LIFETIME) < 0) {
      findings.add(
          Finding.forbidden(
              "lifetime",
              "the CA, or one above it, expires in "
                  + Lifetime.describe(left)
                  + ", and no certificate outlives it",
              "renew the CA first"));
    }
  }

  private BigInteger serialNumber(@Nullable BigInteger wanted, List<Finding> findings) {
    if (wanted == null) {
      BigInteger number;
      do {
        number = new BigInteger(SERIAL_BITS, random);
      } while (number.signum() == 0);
      return number;
    }
    if (wanted.signum() <= 0 || wanted.bitLength() > 159) {
      findings.add(
          Finding.forbidden(
              "serial-number",
              "the serial number " + wanted,
              "use a positive number of at most 159 bits (RFC 5280 4.1.2.2), or leave --serial out"));
    } else {
      findings.add(
          Finding.warning(
              "serial-number",
              "a serial number that was chosen, not drawn",
              "make sure that this CA never signed another certificate with it"));
    }
    return wanted;
  }

  /** The order that {@code openssl req -subj /O=g/CN=u} gives, one attribute in each RDN. */
  private static DistinguishedName subject(IssuanceRequest request) {
    List<AttributeTypeAndValue> attributes = new ArrayList<>(request.groups().size() + 2);
    for (String group : request.groups()) {
      attributes.add(new AttributeTypeAndValue(Oids.ORGANIZATION, group));
    }
    attributes.add(new AttributeTypeAndValue(Oids.COMMON_NAME, request.user()));
    if (!request.uid().isEmpty()) {
      attributes.add(new AttributeTypeAndValue(Oids.KUBERNETES_UID, request.uid()));
    }
    return DistinguishedName.ofAttributes(attributes);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
