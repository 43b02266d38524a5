package dev.certwright.cli.serve;

import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.oidc.configuration.OidcFlags;
import dev.certwright.server.IssuerSettings;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Identity providers whose tokens are believed, named as kube-apiserver names them. */
final class IssuerOptions {
  static final OptionSpec CONFIGURATION =
      OptionSpec.value(
          "authentication-config",
          "FILE",
          "an AuthenticationConfiguration: issuers of tokens, anonymous access; read again when it"
              + " changes");
  static final OptionSpec ISSUER_URL =
      OptionSpec.value(
              "oidc-issuer-url", "URL", "an issuer of tokens, https alone; in place of that file")
          .orEmpty();
  static final OptionSpec CLIENT_ID =
      OptionSpec.value("oidc-client-id", "ID", "for whom its tokens have to be");
  static final OptionSpec CA_FILE =
      OptionSpec.value("oidc-ca-file", "FILE", "CAs of its server (default: the platform's)");
  static final OptionSpec USERNAME_CLAIM =
      OptionSpec.value("oidc-username-claim", "CLAIM", "the user's name (default: sub)");
  static final OptionSpec USERNAME_PREFIX =
      OptionSpec.value(
          "oidc-username-prefix",
          "PREFIX",
          "before it; - for none (default: the issuer's URL and #, but for email none)");
  static final OptionSpec GROUPS_CLAIM =
      OptionSpec.value("oidc-groups-claim", "CLAIM", "the user's groups, a string or strings");
  static final OptionSpec GROUPS_PREFIX =
      OptionSpec.value("oidc-groups-prefix", "PREFIX", "before each of them");
  static final OptionSpec SIGNING_ALGORITHMS =
      OptionSpec.value("oidc-signing-algs", "ALGORITHMS", "separated by commas (default: RS256)");
  static final OptionSpec REQUIRED_CLAIM =
      OptionSpec.value("oidc-required-claim", "CLAIM=VALUE", "what tokens have to say; repeatable")
          .repeated();

  private IssuerOptions() {}

  static @Nullable IssuerSettings settings(CommandLine line) {
    String file = line.value(CONFIGURATION.name());
    boolean anonymousGiven = line.value("anonymous-auth") != null;
    boolean flags = false;
    for (OptionSpec option :
        List.of(
            ISSUER_URL,
            CLIENT_ID,
            CA_FILE,
            USERNAME_CLAIM,
            USERNAME_PREFIX,
            GROUPS_CLAIM,
            GROUPS_PREFIX,
            SIGNING_ALGORITHMS)) {
      flags |= line.value(option.name()) != null;
    }
    flags |= !line.values(REQUIRED_CLAIM.name()).isEmpty();
    if (file == null && !flags) {
      return null;
    }
    return new IssuerSettings(
        file == null ? null : Path.of(file), flags ? flags(line) : null, anonymousGiven);
  }

  private static OidcFlags flags(CommandLine line) {
    String algorithms = line.value(SIGNING_ALGORITHMS.name());
    return new OidcFlags(
        line.value(ISSUER_URL.name(), ""),
        line.value(CLIENT_ID.name(), ""),
        authorities(line.value(CA_FILE.name(), "")),
        line.value(USERNAME_CLAIM.name(), OidcFlags.DEFAULT_USERNAME_CLAIM),
        line.value(USERNAME_PREFIX.name(), ""),
        line.value(GROUPS_CLAIM.name(), ""),
        line.value(GROUPS_PREFIX.name(), ""),
        algorithms == null ? OidcFlags.DEFAULT_ALGORITHMS : ServeOptions.list(algorithms),
        required(line.values(REQUIRED_CLAIM.name())));
  }

  private static String authorities(String file) {
    if (file.isEmpty()) {
      return "";
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new UsageException(
          "--" + CA_FILE.name() + " cannot be read: " + SafeText.of(file),
          "name a PEM file with the CAs of the issuer's server");
    }
  }

  private static Map<String, String> required(List<String> pairs) {
    Map<String, String> claims = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new UsageException(
            "--" + REQUIRED_CLAIM.name() + " is \"" + SafeText.of(pair) + "\"",
            "give a claim and its value: hd=example.com");
      }
      claims.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return claims;
  }
}
