package dev.certwright.authority;

import dev.certwright.identity.Identity;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Validity;
import java.math.BigInteger;
import java.util.List;

/**
 * What will be signed, before it is: shown to the user, then carried out by {@link Issuer#sign}.
 *
 * @param identity whom kube-apiserver will see, with {@code system:authenticated}
 * @param subject the name in the certificate
 * @param validity from when until when
 * @param clippedByAuthority whether the end was moved to the CA's own
 * @param serialNumber of the certificate
 * @param findings notes and warnings; nothing forbidden
 */
public record IssuancePlan(
    Identity identity,
    DistinguishedName subject,
    Validity validity,
    boolean clippedByAuthority,
    BigInteger serialNumber,
    List<Finding> findings) {

  public IssuancePlan {
    findings = List.copyOf(findings);
  }
}
