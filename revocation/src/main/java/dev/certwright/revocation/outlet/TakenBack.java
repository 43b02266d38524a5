package dev.certwright.revocation.outlet;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A certificate that the ledger knows and that must be refused, itself or its user.
 *
 * @param serialNumber with its issuer the name that revocation lists know it by
 * @param issuer the issuer's name for people
 * @param since when it was taken back
 * @param suspended whether it may come back
 */
public record TakenBack(BigInteger serialNumber, String issuer, Instant since, boolean suspended) {}
