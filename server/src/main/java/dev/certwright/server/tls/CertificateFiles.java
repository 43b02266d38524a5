package dev.certwright.server.tls;

import java.nio.file.Path;

/**
 * A serving certificate with its key.
 *
 * @param certificate PEM, leaf first, then its intermediates
 * @param key PEM, not encrypted
 */
public record CertificateFiles(Path certificate, Path key) {}
