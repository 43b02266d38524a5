package dev.certwright.authority;

import java.time.Duration;

/**
 * What may be signed.
 *
 * @param names rules for user, groups and uid
 * @param maximumLifetime the ceiling for a certificate's life
 */
public record IssuancePolicy(NameRules names, Duration maximumLifetime) {

  /** Long enough for a yearly rotation with some slack; more has to be asked for by name. */
  public static final Duration DEFAULT_MAXIMUM_LIFETIME = Duration.ofDays(400);

  /** A working day and a night: what people get who ask for nothing else. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

  /**
   * A certificate that dies before its holder can use it helps nobody (rule CS-05 has the same
   * floor).
   */
  public static final Duration MINIMUM_LIFETIME = Duration.ofMinutes(10);

  /** All guard rails up. */
  public static final IssuancePolicy STRICT =
      new IssuancePolicy(NameRules.STRICT, DEFAULT_MAXIMUM_LIFETIME);
}
