package dev.certwright.x509.extension;

/**
 * Two policies that an issuer declares equal (RFC 5280 4.2.1.5).
 *
 * @param issuerDomainPolicy in the issuer's terms
 * @param subjectDomainPolicy in the subject's
 */
public record PolicyMapping(PolicyId issuerDomainPolicy, PolicyId subjectDomainPolicy) {}
