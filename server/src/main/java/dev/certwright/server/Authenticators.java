package dev.certwright.server;

import dev.certwright.authentication.AnonymousAccess;
import dev.certwright.authentication.Authenticator;
import dev.certwright.authentication.AuthenticatorChain;
import dev.certwright.authentication.ClientAuthorities;
import dev.certwright.authentication.ClientAuthorityFile;
import dev.certwright.authentication.ClientCertificateAuthenticator;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.FrontProxyAuthenticator;
import dev.certwright.authentication.password.BasicAuthenticator;
import dev.certwright.authentication.password.PasswordFile;
import dev.certwright.authentication.token.BearerTokenAuthenticator;
import dev.certwright.authentication.token.TokenAuthenticator;
import dev.certwright.authentication.token.TokenAuthenticatorChain;
import dev.certwright.authentication.token.TokenFile;
import dev.certwright.authentication.token.WebSocketTokenAuthenticator;
import dev.certwright.oidc.configuration.AnonymousConfiguration;
import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.key.SignatureVerifier;
import dev.certwright.x509.key.SoonNativeVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in and how, as files say; in kube-apiserver's order (rule U-01).
 *
 * @param chain all but anonymous access
 * @param advertised whose certificates clients are asked for
 * @param issuers whose tokens are believed, null for nobody's
 */
record Authenticators(
    AuthenticatorChain chain,
    List<ClientAuthorities> advertised,
    @Nullable ConfiguredIssuers issuers) {

  /**
   * Reads all files.
   *
   * @throws ServerException if one is unusable
   * @throws IOException if one cannot be read
   */
  static Authenticators open(ServerSettings settings, InstantSource clock) throws IOException {
    AuthenticationSettings others = settings.authentication();
    SignatureVerifier signatures = SoonNativeVerifier.start();
    List<Authenticator> authenticators = new ArrayList<>();
    List<ClientAuthorities> advertised = new ArrayList<>();
    AuthenticationSettings.FrontProxy proxy = others.frontProxy();
    ClientAuthorityFile clients =
        authorities("client CA bundle", settings.clientAuthorities(), "--client-ca-file");
    advertised.add(clients);
    if (proxy != null) {
      ClientAuthorityFile proxies =
          authorities(
              "CA bundle of proxies", proxy.authorities(), "--requestheader-client-ca-file");
      advertised.add(proxies);
      authenticators.add(
          new FrontProxyAuthenticator(
              proxies, proxy.allowedNames(), proxy.headers(), signatures, clock));
    }
    authenticators.add(
        new ClientCertificateAuthenticator(
            clients, signatures, clock, ClientCertificateAuthenticator.DEFAULT_CAPACITY));
    List<TokenAuthenticator> tokens = new ArrayList<>();
    Path passwordFile = others.passwordFile();
    Path tokenFile = others.tokenFile();
    if (passwordFile != null) {
      authenticators.add(
          new BasicAuthenticator(
              secrets(
                  "password",
                  passwordFile,
                  "--basic-auth-file",
                  file -> PasswordFile.open(file, others.reread()))));
    }
    if (tokenFile != null) {
      tokens.add(
          secrets(
              "token",
              tokenFile,
              "--token-auth-file",
              file -> TokenFile.open(file, others.reread())));
    }
    ConfiguredIssuers issuers = issuers(others.issuers(), signatures, clock);
    if (issuers != null) {
      tokens.add(issuers);
    }
    // Also without any kind of token: whoever shows one is not anonymous, as with kube-apiserver.
    TokenAuthenticator all = TokenAuthenticatorChain.of(tokens);
    authenticators.add(new BearerTokenAuthenticator(all));
    authenticators.add(new WebSocketTokenAuthenticator(all));
    return new Authenticators(AuthenticatorChain.of(authenticators), advertised, issuers);
  }

  /** With anonymous access, as the file of issuers says or, if it does not, as told. */
  AuthenticatorChain all(boolean anonymous) {
    AnonymousConfiguration said = issuers == null ? null : issuers.anonymous();
    if (said == null) {
      return anonymous ? chain.orElse(new AnonymousAccess()) : chain;
    }
    return said.enabled() ? chain.orElse(new AnonymousAccess(said.paths())) : chain;
  }

  /** Looks after what does not look after itself. */
  void refresh() {
    if (issuers != null) {
      issuers.refresh();
    }
  }

  private interface Opening<T> {
    T open(Path file) throws IOException;
  }

  private static <T> T secrets(String secret, Path file, String option, Opening<T> opening) {
    try {
      return opening.open(file);
    } catch (IOException unreadable) {
      throw ServerException.unreadable(secret + " file", file, option, unreadable);
    } catch (CredentialFileException unusable) {
      String message = String.valueOf(unusable.getMessage());
      if (message.contains(file.toString())) {
        throw new ServerException(message, unusable);
      }
      throw new ServerException(
          "the " + secret + " file " + file + " cannot be used: " + message,
          "its rows are CSV: " + secret + ",name,uid or " + secret + ",name,uid,\"group,group\"",
          unusable);
    }
  }

  private static @Nullable ConfiguredIssuers issuers(
      @Nullable IssuerSettings settings, SignatureVerifier signatures, InstantSource clock)
      throws IOException {
    if (settings == null) {
      return null;
    }
    try {
      return ConfiguredIssuers.open(settings, signatures, clock);
    } catch (IOException unreadable) {
      Path file = settings.configuration();
      if (file == null) {
        throw unreadable;
      }
      throw ServerException.unreadable(
          "AuthenticationConfiguration", file, "--authentication-config", unreadable);
    }
  }

  private static ClientAuthorityFile authorities(String name, Path file, String option) {
    try {
      return ClientAuthorityFile.open(file);
    } catch (IOException unreadable) {
      throw ServerException.unreadable(name, file, option, unreadable);
    } catch (BundleException unusable) {
      throw new ServerException(
          "the " + name + " " + file + " cannot be used: " + unusable.getMessage(), unusable);
    }
  }
}
