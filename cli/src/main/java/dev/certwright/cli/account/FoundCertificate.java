package dev.certwright.cli.account;

import dev.certwright.x509.Certificate;

/**
 * A certificate that lay somewhere.
 *
 * @param certificate of a client, not of a CA
 * @param cluster name of the cluster it is for; empty if not known
 * @param server URL of its API server; empty if not known
 * @param source where it lay
 */
public record FoundCertificate(
    Certificate certificate, String cluster, String server, String source) {}
