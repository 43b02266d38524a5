package dev.certwright.server;

import dev.certwright.oidc.configuration.OidcFlags;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are believed: either a file or flags.
 *
 * @param configuration {@code --authentication-config}, null for none
 * @param flags {@code --oidc-*}, null for none
 * @param anonymousGiven whether {@code --anonymous-auth} was given, which the file may not
 *     contradict
 */
public record IssuerSettings(
    @Nullable Path configuration, @Nullable OidcFlags flags, boolean anonymousGiven) {}
