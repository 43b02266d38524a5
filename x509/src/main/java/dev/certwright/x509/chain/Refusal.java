package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A client that is not let in, or not by this certificate.
 *
 * @param stage how far it got
 * @param reason the most specific reason that was met
 * @param certificate the certificate that is at fault; null if it could not be read or there is
 *     none
 * @param message what was found and what was expected, one line, lower case
 * @param hint what to do; may be empty
 */
public record Refusal(
    Stage stage, Reason reason, @Nullable Certificate certificate, String message, String hint)
    implements ChainResult {}
