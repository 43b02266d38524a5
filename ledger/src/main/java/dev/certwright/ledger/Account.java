package dev.certwright.ledger;

import java.time.Instant;
import java.util.List;

/** What the entries of a ledger add up to. Not safe for use by several threads. */
public interface Account extends AutoCloseable {

  /**
   * Certificates, as they stand at a time.
   *
   * @return no more than the filter's limit
   */
  List<CertificateStatus> certificates(CertificateFilter filter, Instant now);

  /** What has to be refused at a time: the content of every revocation outlet, in entry order. */
  List<StandingRestriction> restrictions(Instant now);

  /**
   * Number of the last entry that took something back or gave it again, whether that still counts
   * or not; 0 if there is none. What is to be refused is the same until there is another such
   * entry, but for what expires.
   */
  long lastRestriction();

  /** The restriction that holds for a certificate at a time, itself or its user; empty for none. */
  List<StandingRestriction> restrictionsOf(CertificateStatus certificate, Instant now);

  /**
   * Entries about something, in order.
   *
   * @param value a credential id, user or uid, by the target's kind
   */
  List<HistoryItem> history(Target value);

  @Override
  void close();
}
