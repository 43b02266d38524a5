package dev.certwright.cli.command;

import dev.certwright.authority.IssuancePolicy;
import dev.certwright.x509.key.KeyType;
import java.time.Duration;

/**
 * What {@code issue} does unless a line of {@code --from} says otherwise.
 *
 * @param lifetime of a certificate
 * @param keyType of a key
 * @param policy what may be signed
 */
record IssueSettings(Duration lifetime, KeyType keyType, IssuancePolicy policy) {}
