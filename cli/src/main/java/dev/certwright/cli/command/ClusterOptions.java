package dev.certwright.cli.command;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that a kubeconfig is for.
 *
 * @param server URL of the API server
 * @param name of the cluster entry
 * @param authorityPem the CAs that sign the API server's own certificate
 * @param namespace default namespace, or null
 * @param tlsServerName name to expect in the API server's certificate, or null
 * @param proxyUrl proxy on the way, or null
 */
@SuppressWarnings("ArrayRecordComponent")
record ClusterOptions(
    String server,
    String name,
    byte[] authorityPem,
    @Nullable String namespace,
    @Nullable String tlsServerName,
    @Nullable String proxyUrl) {

  static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value("server", "URL", "the API server, such as https://10.0.0.1:6443")
              .withLetter('s')
              .fromEnvironment(),
          OptionSpec.value(
                  "cluster-name", "NAME", "name of the cluster entry (default: host and port)")
              .fromEnvironment(),
          OptionSpec.value(
                  "cluster-ca",
                  "FILE",
                  "CA bundle of the API server's own certificate (default: the client CA)")
              .fromEnvironment(),
          OptionSpec.value("namespace", "NAME", "default namespace of the context").withLetter('n'),
          OptionSpec.value(
              "tls-server-name", "NAME", "name to expect in the API server's certificate"),
          OptionSpec.value("proxy-url", "URL", "http, https or socks5 proxy on the way"));

  /** The port kubeadm gives the API server, on the machine where its CA lies. */
  static final String DEFAULT_SERVER = "https://127.0.0.1:6443";

  static ClusterOptions of(CommandLine line, AuthorityFiles files, List<Certificate> bundle) {
    String server = line.value("server", DEFAULT_SERVER);
    String caFile = line.value("cluster-ca");
    byte[] pem;
    if (caFile == null) {
      List<byte[]> encoded = new ArrayList<>();
      for (Certificate certificate : bundle) {
        encoded.add(certificate.encoded());
      }
      pem = PemWriter.writeAll(PemBlock.CERTIFICATE, encoded);
    } else {
      // Read as certificates first, so that a key or an empty file is refused, then kept as it is.
      AuthorityFiles.readCertificates(Path.of(caFile));
      pem = BoundedFile.read(Path.of(caFile), BoundedFile.DEFAULT_LIMIT);
    }
    return new ClusterOptions(
        server,
        line.value("cluster-name", hostAndPort(server)),
        pem,
        line.value("namespace"),
        line.value("tls-server-name"),
        line.value("proxy-url"));
  }

  /** Says that a server was assumed, because a kubeconfig for another machine would not work. */
  static void warnAboutDefault(CommandLine line, Console console) {
    if (!line.has("server")) {
      console.warning("no --server was given: the kubeconfig names " + DEFAULT_SERVER);
      console.hint("give the URL that the user's machine reaches: --server https://HOST:6443");
    }
  }

  private static String hostAndPort(String server) {
    int from = server.indexOf("://");
    int start = from < 0 ? 0 : from + 3;
    int end = start;
    while (end < server.length() && "/?#".indexOf(server.charAt(end)) < 0) {
      end++;
    }
    String name = server.substring(start, end);
    return name.isEmpty() ? "kubernetes" : name;
  }
}
