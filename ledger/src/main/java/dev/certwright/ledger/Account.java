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
