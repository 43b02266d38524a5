package dev.certwright.oidc.configuration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AuthenticationConfiguration} of {@code apiserver.config.k8s.io}, as it was written;
 * {@link ConfigurationValidation} says whether it is any good (rule J-01).
 *
 * @param jwt the issuers whose tokens are believed
 * @param anonymous null if the file leaves that to {@code --anonymous-auth}
 */
public record AuthenticationConfiguration(
    List<JwtConfiguration> jwt, @Nullable AnonymousConfiguration anonymous) {

  /** Without issuers. */
  public static final AuthenticationConfiguration EMPTY =
      new AuthenticationConfiguration(List.of(), null);

  /** Copies the list. */
  public AuthenticationConfiguration {
    jwt = List.copyOf(jwt);
  }
}
