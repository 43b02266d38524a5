package dev.certwright.cli.command;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.authority.file.ClientFolders;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.kubeconfig.ServerUrl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options that say which cluster a kubeconfig is for. */
final class ClusterOptions {
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
                  "tls-server-name", "NAME", "name to expect in the API server's certificate")
              .orEmpty()
              .fromEnvironment(),
          OptionSpec.value("proxy-url", "URL", "http, https or socks5 proxy on the way")
              .fromEnvironment());

  /** The port kubeadm gives the API server, on the machine where its CA lies. */
  static final String DEFAULT_SERVER = "https://127.0.0.1:6443";

  private ClusterOptions() {}

  static TargetCluster cluster(CommandLine line, List<Certificate> bundle, Console console) {
    String server = line.value("server", DEFAULT_SERVER);
    String caFile = ofServer(line, "cluster-ca", console);
    // Written anew, whatever else the file has: a DER, a byte order mark, text between blocks.
    List<byte[]> encoded = new ArrayList<>();
    for (Certificate certificate : caFile == null ? bundle : certificates(Path.of(caFile))) {
      encoded.add(certificate.encoded());
    }
    byte[] pem = PemWriter.writeAll(PemBlock.CERTIFICATE, encoded);
    refuseControlCharacters(line, "cluster-name");
    String expected = ofServer(line, "tls-server-name", console);
    String name = ofServer(line, "cluster-name", console);
    if (expected != null && !isHost(expected)) {
      throw new UsageException(
          "--tls-server-name: expected a DNS name or an IP address, found \""
              + SafeText.of(expected)
              + "\"",
          "give a name that is in the API server's certificate, such as kubernetes.default.svc");
    }
    try {
      ServerUrl url = ServerUrl.of(server);
      TargetCluster cluster =
          new TargetCluster(
              name == null ? TargetCluster.nameOf(server) : name,
              url,
              pem,
              line.value("namespace"),
              expected,
              line.value("proxy-url"));
      cluster.kubeconfigFor("anybody");
      return cluster;
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + "", "");
    }
  }

  /** What a source says of the server that it names is not true of another. */
  private static @Nullable String ofServer(CommandLine line, String option, Console console) {
    if (!line.isOfAnother(option, "server")) {
      return line.value(option);
    }
    console.warning(
        line.source(option)
            + " is not taken: it is of another server than the one that "
            + line.source("server")
            + " names");
    console.hint("say --" + option + " too if it is meant for this one");
    return null;
  }

  /** Those in a file; one with a private key, too, was hardly meant for everybody. */
  private static List<Certificate> certificates(Path file) {
    byte[] bytes = BoundedFile.read(file, BoundedFile.DEFAULT_LIMIT);
    try {
      for (PemBlock block : PemReader.read(bytes)) {
        if (PrivateKeyReader.isPrivateKey(block)) {
          throw new CommandException(
              ExitCode.USAGE,
              file
                  + " holds a private key, in line "
                  + block.line()
                  + "; everybody who gets the kubeconfig would have it",
              "give a file with the certificates alone: openssl x509 -in " + file);
        }
      }
    } catch (X509Exception malformed) {
      throw new CommandException(ExitCode.USAGE, file + ": " + malformed.getMessage(), "");
    }
    return AuthorityFiles.certificates(file, bytes);
  }

  /** A line end that was pasted with a name, or what turns the text around it. */
  static void refuseControlCharacters(CommandLine line, String option) {
    String value = line.value(option, "");
    if (value.codePoints().anyMatch(ClusterOptions::isUnseen)) {
      throw new UsageException(
          "--" + option + " has a control character: \"" + SafeText.of(value) + "\"",
          "write it without");
    }
  }

  private static boolean isUnseen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isHost(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
          && ".-_:".indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 253;
  }

  /** Says that others could put their files in the place of those made here. */
  static void warnAboutFolder(ClientFolders folders, Path out, Console console) {
    String exposure = folders.exposure();
    if (!exposure.isEmpty()) {
      console.warning(
          "the folder " + out + " " + exposure + ", who can put other files in the place of these");
      console.hint("use a folder of your own for --out, mode 0700");
    }
  }

  /** Says that a server was assumed, because a kubeconfig for another machine would not work. */
  static void warnAboutDefault(CommandLine line, Console console) {
    if (!line.has("server")) {
      console.warning("no --server was given: the kubeconfig names " + DEFAULT_SERVER);
      console.hint("give the URL that the user's machine reaches: --server https://HOST:6443");
    }
  }
}
