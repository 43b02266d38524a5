package dev.certwright.cli.account;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client certificates in a file: PEM, DER, a kubeconfig, or CertificateSigningRequest
 * objects of the Kubernetes API. Those of CAs are passed over, and private keys are never looked
 * at.
 */
public final class CertificateFinder {
  private final String name;
  private final @Nullable Path file;
  private final List<FoundCertificate> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private CertificateFinder(String name, @Nullable Path file) {
    this.name = name;
    this.file = file;
  }

  /**
   * All of them, in order; empty if the file is of one of these kinds and holds none.
   *
   * @param name for messages, and as the source
   * @param file where it lies, for files that a kubeconfig names; null if nowhere
   * @param problems told of users and requests that are damaged, where others are not
   * @throws CommandException if it is of no known kind, or nothing in it can be read
   */
  public static List<FoundCertificate> in(
      String name, byte[] bytes, @Nullable Path file, Consumer<String> problems) {
    CertificateFinder finder = new CertificateFinder(name, file);
    try {
      if (PemReader.looksLikePem(bytes)) {
        finder.pem(bytes, "", "");
      } else if (bytes.length > 0 && bytes[0] == 0x30) {
        finder.add(Certificate.of(bytes), "", "");
      } else {
        for (YamlValue object : YamlReader.lenient().readAll(name, bytes)) {
          finder.object(object);
        }
      }
    } catch (X509Exception | YamlException | IllegalArgumentException damaged) {
      throw new CommandException(
          ExitCode.USAGE,
          SafeText.of(name)
              + " is no certificate, kubeconfig or certificate signing request: "
              + damaged.getMessage(),
          "");
    }
    if (finder.found.isEmpty() && !finder.problems.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, finder.problems.get(0), "");
    }
    finder.problems.forEach(problems);
    return finder.found;
  }

  /**
   * The same, where a damaged one is not to be passed over.
   *
   * @throws CommandException also if one of several users or requests is damaged
   */
  public static List<FoundCertificate> in(String name, byte[] bytes, @Nullable Path file) {
    List<String> problems = new ArrayList<>();
    List<FoundCertificate> found = in(name, bytes, file, problems::add);
    if (!problems.isEmpty()) {
      throw new CommandException(ExitCode.USAGE, problems.get(0), "");
    }
    return found;
  }

  /** Reads one of several users or requests; a damaged one does not lose the others. */
  private void each(String what, Runnable one) {
    int before = found.size();
    try {
      one.run();
    } catch (X509Exception | IllegalArgumentException damaged) {
      found.subList(before, found.size()).clear();
      problems.add(
          SafeText.of(what)
              + " in "
              + SafeText.of(name)
              + ", whose certificate cannot be read: "
              + damaged.getMessage());
    }
  }

  private void pem(byte[] bytes, String cluster, String server) {
    for (PemBlock block : PemReader.read(bytes)) {
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        add(Certificate.of(block.bytes()), cluster, server);
      }
    }
  }

  private void add(Certificate certificate, String cluster, String server) {
    BasicConstraints constraints = certificate.extensions().basicConstraints();
    if ((constraints == null || !constraints.ca()) && !certificate.isSelfIssued()) {
      found.add(new FoundCertificate(certificate, cluster, server, name));
    }
  }

  private void object(YamlValue value) {
    if (!(value instanceof YamlMapping object)) {
      throw new IllegalArgumentException("expected an object, found a " + value.kind());
    }
    String kind = text(object, "kind");
    if (kind.equals("CertificateSigningRequest")) {
      signingRequest(object);
    } else if (kind.endsWith("List")) {
      for (YamlValue item : list(object, "items")) {
        // Items of a typed list have no kind of their own.
        if (item instanceof YamlMapping one && one.get("status") instanceof YamlMapping) {
          String request =
              one.get("metadata") instanceof YamlMapping metadata ? text(metadata, "name") : "";
          each("request \"" + request + "\"", () -> signingRequest(one));
        }
      }
    } else if (kind.equals("Config") || object.get("users") != null) {
      kubeconfig(object);
    } else {
      throw new IllegalArgumentException("an object of kind \"" + SafeText.of(kind) + "\"");
    }
  }

  private void signingRequest(YamlMapping object) {
    if (object.get("status") instanceof YamlMapping status) {
      String issued = text(status, "certificate");
      if (!issued.isEmpty()) {
        List<FoundCertificate> before = List.copyOf(found);
        pem(Base64.getMimeDecoder().decode(issued), "", "");
        // A chain may follow; the first is the one that was asked for.
        while (found.size() > before.size() + 1) {
          found.remove(found.size() - 1);
        }
      }
    }
  }

  private void kubeconfig(YamlMapping config) {
    for (YamlValue entry : list(config, "users")) {
      if (entry instanceof YamlMapping user && user.get("user") instanceof YamlMapping secrets) {
        String called = text(user, "name");
        each("user \"" + called + "\"", () -> user(secrets, cluster(config, called)));
      }
    }
  }

  private void user(YamlMapping secrets, String[] cluster) {
    String data = text(secrets, "client-certificate-data");
    String path = text(secrets, "client-certificate");
    if (!data.isEmpty()) {
      pem(Base64.getMimeDecoder().decode(data), cluster[0], cluster[1]);
    } else if (!path.isEmpty() && file != null) {
      pem(named(file, path), cluster[0], cluster[1]);
    }
  }

  /** Whoever wrote the kubeconfig chose the name: no pipe, which could be waited for for ever. */
  private static byte[] named(Path kubeconfig, String path) {
    Path folder = kubeconfig.toAbsolutePath().getParent();
    Path named = folder == null ? Path.of(path) : folder.resolve(path);
    if (Files.exists(named) && !Files.isRegularFile(named)) {
      throw new IllegalArgumentException(SafeText.of(named.toString()) + " is no regular file");
    }
    try {
      return BoundedFile.read(named, BoundedFile.DEFAULT_LIMIT);
    } catch (AuthorityException absent) {
      throw new IllegalArgumentException(SafeText.ofEscaped(absent.getMessage() + ""), absent);
    }
  }

  /** Name and server of the first cluster that this user has a context for; empty if none. */
  private static String[] cluster(YamlMapping config, String user) {
    for (YamlValue entry : list(config, "contexts")) {
      if (entry instanceof YamlMapping named
          && named.get("context") instanceof YamlMapping context
          && text(context, "user").equals(user)) {
        String cluster = text(context, "cluster");
        for (YamlValue other : list(config, "clusters")) {
          if (other instanceof YamlMapping one
              && text(one, "name").equals(cluster)
              && one.get("cluster") instanceof YamlMapping target) {
            return new String[] {cluster, text(target, "server")};
          }
        }
        return new String[] {cluster, ""};
      }
    }
    return new String[] {"", ""};
  }

  private static List<YamlValue> list(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  private static String text(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlString string ? string.value() : "";
  }
}
