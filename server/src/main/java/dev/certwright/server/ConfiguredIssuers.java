package dev.certwright.server;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.UnusableFile;
import dev.certwright.authentication.secret.SecretFileMode;
import dev.certwright.authentication.token.TokenAuthenticator;
import dev.certwright.oidc.IssuerTokens;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.AnonymousConfiguration;
import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ConfigurationException;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.configuration.OidcFlags;
import dev.certwright.x509.key.SignatureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the issuers that a file or flags name. The file is looked after; another one is in
 * force as soon as the keys of all its issuers are known, however long that takes, and one that is
 * broken changes nothing (rule J-01). Tokens that were remembered go with the configuration they
 * were judged by.
 */
final class ConfiguredIssuers implements TokenAuthenticator {
  private static final System.Logger LOG = System.getLogger(ConfiguredIssuers.class.getName());
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final @Nullable Path file;
  private final SignatureVerifier signatures;
  private final InstantSource clock;
  private final @Nullable AnonymousConfiguration anonymous;
  private volatile IssuerTokens tokens;

  // Only touched by the one thread that refreshes.
  private byte[] content;
  private @Nullable IssuerTokens next;
  private Instant nextSince = Instant.EPOCH;
  private String problem = "";

  private ConfiguredIssuers(
      @Nullable Path file,
      byte[] content,
      AuthenticationConfiguration configuration,
      List<String> algorithms,
      SignatureVerifier signatures,
      InstantSource clock) {
    this.file = file;
    this.content = content;
    this.signatures = signatures;
    this.clock = clock;
    this.anonymous = configuration.anonymous();
    this.tokens = IssuerTokens.of(configuration, algorithms, signatures, clock);
  }

  /**
   * Reads and validates.
   *
   * @throws ServerException in upstream's words, if kube-apiserver would not start with it
   * @throws IOException if the file cannot be read
   */
  static ConfiguredIssuers open(
      IssuerSettings settings, SignatureVerifier signatures, InstantSource clock)
      throws IOException {
    Path file = settings.configuration();
    OidcFlags flags = settings.flags();
    try {
      if (file != null && flags != null) {
        throw new ConfigurationException(
            "authentication-config file and oidc-* flags are mutually exclusive");
      } else if (file != null) {
        byte[] content = read(file);
        AuthenticationConfiguration configuration =
            ConfigurationReader.read(file.toString(), content);
        if (configuration.anonymous() != null && settings.anonymousGiven()) {
          throw new ConfigurationException(
              "anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is"
                  + " configured in authentication configuration file");
        }
        return new ConfiguredIssuers(
            file, content, configuration, TokenChecks.ALL_ALGORITHMS, signatures, clock);
      }
      return new ConfiguredIssuers(
          null,
          new byte[0],
          flags == null ? AuthenticationConfiguration.EMPTY : flags.configuration(),
          flags == null ? OidcFlags.DEFAULT_ALGORITHMS : flags.signingAlgorithms(),
          signatures,
          clock);
    } catch (ConfigurationException wrong) {
      throw new ServerException(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  // Whoever may write it may name an issuer of their own.
  private static byte[] read(Path file) throws IOException {
    try {
      String unused = SecretFileMode.check(file);
    } catch (CredentialFileException writable) {
      throw new ConfigurationException(String.valueOf(writable.getMessage()));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ConfigurationReader.LIMIT + 1);
    }
  }

  /** What the file says of anonymous access; null if nothing. */
  @Nullable AnonymousConfiguration anonymous() {
    return anonymous;
  }

  @Override
  public Authentication authenticate(String token) {
    return tokens.authenticate(token);
  }

  /** Looks after the file; called now and then, by one thread. */
  void refresh() {
    if (file == null) {
      return;
    }
    try {
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        // A pipe, which can be read once.
        return;
      }
      byte[] found = read(file);
      if (!Arrays.equals(found, content)) {
        content = found;
        problem = "";
        begin(found, file);
      }
    } catch (IOException | ConfigurationException unusable) {
      tell("cannot be used; the previous one stays in force: " + UnusableFile.reason(unusable));
    }
    finish();
  }

  private void begin(byte[] found, Path from) {
    next = null;
    AuthenticationConfiguration configuration = ConfigurationReader.read(from.toString(), found);
    IssuerTokens begun =
        IssuerTokens.of(configuration, TokenChecks.ALL_ALGORITHMS, signatures, clock);
    if (!Objects.equals(configuration.anonymous(), anonymous)) {
      throw new ConfigurationException(
          "anonymous: Forbidden: changed from initial configuration file");
    }
    next = begun;
    nextSince = clock.instant();
  }

  private void finish() {
    IssuerTokens waiting = next;
    if (waiting == null) {
      return;
    }
    if (waiting.isReady()) {
      tokens = waiting;
      next = null;
      problem = "";
      LOG.log(System.Logger.Level.INFO, "{0} has changed and is in force", file);
      return;
    }
    if (clock.instant().isAfter(nextSince.plus(PATIENCE))) {
      tell(
          "waits for the keys of its issuers; the previous one stays in force until they are there");
    }
    waiting.fetch();
  }

  private void tell(String what) {
    if (!what.equals(problem)) {
      problem = what;
      LOG.log(System.Logger.Level.WARNING, "{0} has changed and {1}", file, what);
    }
  }
}
