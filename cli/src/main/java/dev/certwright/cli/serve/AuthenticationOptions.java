package dev.certwright.cli.serve;

import dev.certwright.authentication.RequestHeaders;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.server.AuthenticationSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How clients may come in besides by certificate, named as kube-apiserver names it. */
public final class AuthenticationOptions {
  /** What is said of a server with passwords. */
  public static final String PASSWORD_WARNING =
      "--basic-auth-file: passwords never expire, each request carries them, and Kubernetes has had"
          + " none since 1.19; for tests and old scripts only";

  static final OptionSpec TOKEN_FILE =
      OptionSpec.value(
          "token-auth-file", "FILE", "CSV of bearer tokens: token,name,uid,\"group,group\"");
  static final OptionSpec PASSWORD_FILE =
      OptionSpec.value(
          "basic-auth-file",
          "FILE",
          "CSV of passwords, as kube-apiserver had it until 1.18:"
              + " password,name,uid,\"group,group\"");
  static final OptionSpec REREAD =
      OptionSpec.value(
              "reload-credentials",
              "true|false",
              "read both again when they change (default: true)")
          .withChoices(List.of("true", "false"));
  static final OptionSpec PROXY_AUTHORITIES =
      OptionSpec.value(
          "requestheader-client-ca-file",
          "FILE",
          "CAs of proxies whose headers say who asks; not those of clients");
  static final OptionSpec PROXY_NAMES =
      OptionSpec.value(
          "requestheader-allowed-names",
          "NAMES",
          "Common Names of those proxies, separated by commas (default: any)");
  static final OptionSpec USER_HEADERS =
      OptionSpec.value(
          "requestheader-username-headers", "HEADERS", "such as X-Remote-User; the first counts");
  static final OptionSpec UID_HEADERS =
      OptionSpec.value("requestheader-uid-headers", "HEADERS", "such as X-Remote-Uid");
  static final OptionSpec GROUP_HEADERS =
      OptionSpec.value(
          "requestheader-group-headers", "HEADERS", "such as X-Remote-Group; all count");
  static final OptionSpec EXTRA_PREFIXES =
      OptionSpec.value("requestheader-extra-headers-prefix", "PREFIXES", "such as X-Remote-Extra-");

  private AuthenticationOptions() {}

  static AuthenticationSettings settings(CommandLine line) {
    return new AuthenticationSettings(
        file(line, TOKEN_FILE),
        file(line, PASSWORD_FILE),
        line.value(REREAD.name(), "true").equals("true"),
        frontProxy(line),
        IssuerOptions.settings(line));
  }

  private static AuthenticationSettings.@Nullable FrontProxy frontProxy(CommandLine line) {
    Path authorities = file(line, PROXY_AUTHORITIES);
    if (authorities == null) {
      for (OptionSpec option :
          List.of(PROXY_NAMES, USER_HEADERS, UID_HEADERS, GROUP_HEADERS, EXTRA_PREFIXES)) {
        if (line.value(option.name()) != null) {
          throw new UsageException(
              "--" + option.name() + " without --" + PROXY_AUTHORITIES.name(),
              "name the CA of the proxies: headers of others are never believed");
        }
      }
      return null;
    }
    RequestHeaders headers =
        new RequestHeaders(
            list(line, USER_HEADERS),
            list(line, UID_HEADERS),
            list(line, GROUP_HEADERS),
            list(line, EXTRA_PREFIXES));
    if (headers.names().isEmpty()) {
      throw new UsageException(
          "--" + PROXY_AUTHORITIES.name() + " without --" + USER_HEADERS.name(),
          "give --" + USER_HEADERS.name() + " X-Remote-User");
    }
    return new AuthenticationSettings.FrontProxy(authorities, list(line, PROXY_NAMES), headers);
  }

  private static @Nullable Path file(CommandLine line, OptionSpec option) {
    String name = line.value(option.name());
    return name == null ? null : Path.of(name);
  }

  private static List<String> list(CommandLine line, OptionSpec option) {
    return ServeOptions.list(line.value(option.name(), ""));
  }
}
