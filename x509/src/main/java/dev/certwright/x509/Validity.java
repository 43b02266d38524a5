package dev.certwright.x509;

import java.time.Instant;

/**
 * When a certificate counts; both ends belong to it (rule GV-02).
 *
 * @param notBefore first instant, whole seconds
 * @param notAfter last instant, whole seconds
 */
public record Validity(Instant notBefore, Instant notAfter) {

  /** Whether the certificate counts at this time. */
  public boolean contains(Instant time) {
    return !time.isBefore(notBefore) && !time.isAfter(notAfter);
  }
}
