package dev.certwright.ledger;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are wanted; all conditions hold at once.
 *
 * @param user exactly this user; null for any
 * @param group exactly this among the groups; null for any
 * @param cluster exactly this cluster; null for any
 * @param credentialId this certificate, by its credential id or the beginning of that; null for any
 * @param serialNumber exactly this serial number, decimal; null for any
 * @param states any of these; empty for any
 * @param endsBefore those that are in force, or will be, and end before this; null for any
 * @param notSeenSince those not known to have been used since; null for any
 * @param order what comes first
 * @param descending whether the other way round
 * @param limit the most that are given, at least 1
 */
public record CertificateFilter(
    @Nullable String user,
    @Nullable String group,
    @Nullable String cluster,
    @Nullable String credentialId,
    @Nullable String serialNumber,
    Set<State> states,
    @Nullable Instant endsBefore,
    @Nullable Instant notSeenSince,
    Order order,
    boolean descending,
    int limit) {

  /** What a list is sorted by. */
  public enum Order {
    /** By the end of validity, those without a known end first. */
    UNTIL,
    /** By user, then the end of validity. */
    USER,
    /** By the order of entries. */
    RECORDED,
    /** By the latest use, those never seen in use first. */
    LAST_SEEN
  }

  public CertificateFilter {
    states = Set.copyOf(states);
  }

  /** All of them, up to a limit. */
  public static CertificateFilter all(int limit) {
    return new CertificateFilter(
        null, null, null, null, null, Set.of(), null, null, Order.UNTIL, false, limit);
  }

  /** Those that are taken back, for good or for now, and not expired, in the order of entries. */
  public static CertificateFilter takenBack(int limit) {
    return new CertificateFilter(
        null,
        null,
        null,
        null,
        null,
        Set.of(State.REVOKED, State.SUSPENDED),
        null,
        null,
        Order.RECORDED,
        false,
        limit);
  }

  /** Those with this serial number, whoever signed them, up to a limit. */
  public static CertificateFilter ofSerialNumber(BigInteger serialNumber, int limit) {
    return new CertificateFilter(
        null,
        null,
        null,
        null,
        serialNumber.toString(),
        Set.of(),
        null,
        null,
        Order.UNTIL,
        false,
        limit);
  }

  /** The one with this credential id. */
  public static CertificateFilter ofCredential(String id) {
    return new CertificateFilter(
        null, null, null, id, null, Set.of(), null, null, Order.UNTIL, false, 1);
  }
}
