package dev.certwright.cli.serve;

import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cluster.ApiServer;
import dev.certwright.rbac.manifest.DefaultRoles;
import dev.certwright.server.AuditSettings;
import dev.certwright.server.ServerRole;
import dev.certwright.server.ServerSettings;
import dev.certwright.server.http.FrontLimits;
import dev.certwright.server.pipeline.AlwaysAllowedPaths;
import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.server.tls.TlsSettings;
import dev.certwright.x509.SafeText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Options of the server, named as kube-apiserver names them where it has them. */
public final class ServeOptions {
  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final int DEFAULT_PORT = 6443;

  /** In the order of help. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value(
                  "role",
                  "ROLE",
                  "review (kubectl auth), sandbox (objects of the manifests, read-only), webhook"
                      + " (authorization for a kube-apiserver) or authentication-webhook (tokens"
                      + " for one); repeatable (default: review and sandbox)")
              .withChoices(List.of("review", "sandbox", "webhook", "authentication-webhook"))
              .repeated(),
          OptionSpec.value("bind-address", "ADDRESS", "where to listen (default: 127.0.0.1)"),
          OptionSpec.value("secure-port", "PORT", "0 is any free one (default: 6443)"),
          OptionSpec.value(
              "client-ca-file",
              "FILE",
              "CAs whose clients are let in (default: the certificate of the CA); read again when"
                  + " it changes"),
          OptionSpec.value(
              "tls-cert-file",
              "FILE",
              "the server's certificate, then its intermediates (default: one is made with the CA);"
                  + " read again when it changes"),
          OptionSpec.value("tls-private-key-file", "FILE", "its key"),
          OptionSpec.value(
                  "tls-sni-cert-key",
                  "CERT,KEY",
                  "a further certificate, for the host names in it; repeatable")
              .repeated(),
          OptionSpec.value("tls-min-version", "VERSION", "VersionTLS12 (default) or VersionTLS13")
              .withChoices(List.of(TlsSettings.TLS_1_2, TlsSettings.TLS_1_3)),
          OptionSpec.value("tls-cipher-suites", "NAMES", "separated by commas; of TLS 1.2 and 1.3"),
          OptionSpec.value("anonymous-auth", "true|false", "whether who shows nothing is anonymous")
              .withChoices(BOOLEANS),
          AuthenticationOptions.TOKEN_FILE,
          AuthenticationOptions.PASSWORD_FILE,
          AuthenticationOptions.REREAD,
          AuthenticationOptions.PROXY_AUTHORITIES,
          AuthenticationOptions.PROXY_NAMES,
          AuthenticationOptions.USER_HEADERS,
          AuthenticationOptions.UID_HEADERS,
          AuthenticationOptions.GROUP_HEADERS,
          AuthenticationOptions.EXTRA_PREFIXES,
          IssuerOptions.CONFIGURATION,
          IssuerOptions.ISSUER_URL,
          IssuerOptions.CLIENT_ID,
          IssuerOptions.CA_FILE,
          IssuerOptions.USERNAME_CLAIM,
          IssuerOptions.USERNAME_PREFIX,
          IssuerOptions.GROUPS_CLAIM,
          IssuerOptions.GROUPS_PREFIX,
          IssuerOptions.SIGNING_ALGORITHMS,
          IssuerOptions.REQUIRED_CLAIM,
          OptionSpec.value(
                  "filename",
                  "FILE",
                  "manifests: a file, folder, pattern, or - for standard input; repeatable; read"
                      + " again when they change")
              .withLetter('f')
              .repeated(),
          OptionSpec.flag("recursive", "read folders in folders too").withLetter('R'),
          OptionSpec.value(
                  "with-defaults",
                  "true|false",
                  "add the roles that kube-apiserver makes at its start (default: true, but for a"
                      + " webhook alone)")
              .withChoices(BOOLEANS),
          OptionSpec.value(
                  "kubernetes-version", "VERSION", "whose defaults (default: the newest known)")
              .withChoices(DefaultRoles.versions()),
          OptionSpec.flag(
              "lenient", "take objects that an API server would refuse, as its authorizer would"),
          OptionSpec.flag("replace", "of objects with the same name take the last"),
          OptionSpec.value(
              "authorization-always-allow-paths",
              "PATHS",
              "separated by commas (default: /healthz,/readyz,/livez)"),
          OptionSpec.value(
              "api-audiences",
              "NAMES",
              "whom tokens are meant for, separated by commas; a TokenReview that wants others is"
                  + " answered with no (default: not looked at)"),
          OptionSpec.value(
              "webhook-allowed-names",
              "NAMES",
              "users that may ask the webhooks without a rule, separated by commas"),
          OptionSpec.value(
              "audit-log-path",
              "FILE",
              "audit.k8s.io/v1 events, one a line, with the rule that allowed; - is standard"
                  + " output"),
          OptionSpec.value(
              "audit-log-maxsize", "MEGABYTES", "after which the file is put aside (default: 100)"),
          OptionSpec.value(
              "audit-log-maxbackup", "COUNT", "how many of those stay, 0 for all (default: 10)"),
          OptionSpec.value(
                  "profiling",
                  "true|false",
                  "whether /debug/threads is there, for whom a rule lets (default: false)")
              .withChoices(BOOLEANS),
          OptionSpec.value("max-connections", "COUNT", "open at once (default: 20000)"),
          OptionSpec.value("max-requests-inflight", "COUNT", "reading ones (default: 400)"),
          OptionSpec.value(
              "max-mutating-requests-inflight",
              "COUNT",
              "others, reviews among them (default: 200)"));

  private ServeOptions() {}

  /**
   * The settings that a line means.
   *
   * @param serving the certificate that clients get
   * @param clientAuthorities who is let in
   */
  public static ServerSettings.Builder settings(
      CommandLine line,
      Console console,
      CertificateFiles serving,
      Path clientAuthorities,
      String version) {
    Set<ServerRole> roles = roles(line);
    Supplier<ApiServer> cluster = OutsideOptions.cluster(line, console);
    List<CertificateFiles> sni = new ArrayList<>();
    for (String pair : line.values("tls-sni-cert-key")) {
      sni.add(sni(pair));
    }
    return ServerSettings.builder(serving, clientAuthorities)
        .address(address(line))
        .tls(
            new TlsSettings(
                serving,
                sni,
                line.value("tls-min-version", TlsSettings.TLS_1_2),
                list(line.value("tls-cipher-suites", "")),
                true))
        .roles(roles)
        .manifests(cluster == null ? manifests(line, roles) : ManifestSettings.none())
        .cluster(cluster)
        .apiAudiences(list(line.value("api-audiences", "")))
        .authentication(AuthenticationOptions.settings(line))
        .anonymous(line.value("anonymous-auth", "true").equals("true"))
        .allowedPaths(allowedPaths(line))
        .webhookNames(list(line.value("webhook-allowed-names", "")))
        .limits(FrontLimits.DEFAULT.withConnections(count(line, "max-connections", 20_000)))
        .requestsInFlight(
            count(line, "max-requests-inflight", 400),
            count(line, "max-mutating-requests-inflight", 200))
        .audit(
            new AuditSettings(
                line.value("audit-log-path", ""),
                count(line, "audit-log-maxsize", 100),
                count(line, "audit-log-maxbackup", 10)))
        .profiling(line.value("profiling", "false").equals("true"))
        .auditWebhook(OutsideOptions.auditWebhook(line, console))
        .version(version);
  }

  private static Set<ServerRole> roles(CommandLine line) {
    Set<ServerRole> roles = EnumSet.noneOf(ServerRole.class);
    for (String role : line.values("role")) {
      roles.add(ServerRole.valueOf(role.replace('-', '_').toUpperCase(Locale.ROOT)));
    }
    if (!roles.isEmpty()) {
      return roles;
    }
    return line.has("kubeconfig")
        ? EnumSet.of(ServerRole.REVIEW)
        : EnumSet.of(ServerRole.REVIEW, ServerRole.SANDBOX);
  }

  private static ManifestSettings manifests(CommandLine line, Set<ServerRole> roles) {
    boolean webhookAlone =
        !roles.contains(ServerRole.REVIEW) && !roles.contains(ServerRole.SANDBOX);
    boolean defaults = line.value("with-defaults", webhookAlone ? "false" : "true").equals("true");
    return new ManifestSettings(
        line.values("filename"),
        line.has("recursive"),
        defaults ? line.value("kubernetes-version", DefaultRoles.newest()) : "",
        line.has("lenient"),
        line.has("replace"));
  }

  /** Where it listens. */
  public static InetSocketAddress address(CommandLine line) {
    String text = line.value("bind-address", "127.0.0.1");
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdefABCDEF.:".indexOf(text.charAt(i)) < 0) {
        throw noAddress(text);
      }
    }
    int port = count(line, "secure-port", DEFAULT_PORT);
    if (port > 0xFFFF) {
      throw new UsageException(
          "--secure-port is " + port + ", which is no port", "give a number up to 65535");
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(text), port);
    } catch (UnknownHostException none) {
      throw noAddress(text);
    }
  }

  private static UsageException noAddress(String text) {
    return new UsageException(
        "--bind-address is \"" + SafeText.of(text) + "\", which is no IP address",
        "give one such as 127.0.0.1, 0.0.0.0 or ::");
  }

  private static CertificateFiles sni(String pair) {
    int comma = pair.indexOf(',');
    if (comma <= 0 || comma == pair.length() - 1 || pair.indexOf(':') >= 0) {
      throw new UsageException(
          "--tls-sni-cert-key is \"" + SafeText.of(pair) + "\"",
          "give two files, CERT,KEY; the certificate's own names say for which hosts it is");
    }
    return new CertificateFiles(
        Path.of(pair.substring(0, comma)), Path.of(pair.substring(comma + 1)));
  }

  private static List<String> allowedPaths(CommandLine line) {
    String given = line.value("authorization-always-allow-paths");
    if (given == null) {
      return AlwaysAllowedPaths.DEFAULT;
    }
    List<String> paths = list(given);
    try {
      AlwaysAllowedPaths unused = new AlwaysAllowedPaths(paths);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(
          "--authorization-always-allow-paths: " + wrong.getMessage(),
          "end a path with * for all that begin with it");
    }
    return paths;
  }

  static List<String> list(String text) {
    List<String> list = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        list.add(part.strip());
      }
    }
    return list;
  }

  static int count(CommandLine line, String option, int otherwise) {
    String text = line.value(option);
    if (text == null) {
      return otherwise;
    }
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new UsageException(
        "--" + option + " is \"" + SafeText.of(text) + "\"", "give a whole number");
  }
}
