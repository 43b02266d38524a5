package dev.certwright.cli.access;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.identity.Identity;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Context;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.kubeconfig.MalformedKubeconfigException;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks, taken from a certificate, a certificate request or a kubeconfig. */
final class CertificateAsker {
  private static final int DER_SEQUENCE = 0x30;

  private CertificateAsker() {}

  /**
   * Reads who a file makes its holder. The certificate is not verified: which CAs an API server
   * trusts is not known here.
   *
   * @param file where it lies; null if it came through a pipe
   * @throws CommandException if it makes nobody a user
   */
  static Asker of(String name, byte[] bytes, @Nullable Path file, Console console) {
    try {
      if (PemReader.looksLikePem(bytes)) {
        return ofPem(name, bytes, console);
      }
      if (bytes.length > 1 && bytes[0] == DER_SEQUENCE && bytes[1] < 0) {
        return ofDer(name, bytes, console);
      }
    } catch (X509Exception damaged) {
      throw new CommandException(ExitCode.USAGE, name + ": " + damaged.getMessage(), "");
    }
    return ofKubeconfig(name, bytes, file, console);
  }

  private static Asker ofPem(String name, byte[] bytes, Console console) {
    byte[] request = null;
    for (PemBlock block : PemReader.read(bytes)) {
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        return ofCertificate(name, Certificate.of(block.bytes()), console);
      }
      if (request == null
          && (block.label().equals(PemBlock.CERTIFICATE_REQUEST)
              || block.label().equals(PemBlock.NEW_CERTIFICATE_REQUEST))) {
        request = block.bytes();
      }
    }
    if (request == null) {
      throw new CommandException(
          ExitCode.USAGE, name + " holds PEM, but no certificate and no request", "");
    }
    return ofRequest(name, CertificateRequest.of(request));
  }

  private static Asker ofDer(String name, byte[] bytes, Console console) {
    Certificate certificate;
    try {
      certificate = Certificate.of(bytes);
    } catch (X509Exception noCertificate) {
      try {
        return ofRequest(name, CertificateRequest.of(bytes));
      } catch (X509Exception noRequest) {
        throw noCertificate;
      }
    }
    return ofCertificate(name, certificate, console);
  }

  private static Asker ofCertificate(String name, Certificate certificate, Console console) {
    Instant now = Instant.now();
    if (now.isAfter(certificate.validity().notAfter())) {
      console.warning("the certificate in " + name + " has expired: no API server lets it in");
    } else if (now.isBefore(certificate.validity().notBefore())) {
      console.warning("the certificate in " + name + " is not valid yet");
    }
    return asker(
        name,
        SubjectIdentity.of(certificate),
        certificate.subject().values(Oids.ORGANIZATION),
        "certificate in " + name);
  }

  private static Asker ofRequest(String name, CertificateRequest request) {
    return asker(
        name,
        SubjectIdentity.of(request),
        request.subject().values(Oids.ORGANIZATION),
        "request in " + name);
  }

  private static Asker asker(
      String name, SubjectIdentity subject, List<String> organizations, String source) {
    Identity identity = subject.identity();
    if (identity == null) {
      throw new CommandException(
          ExitCode.USAGE, name + " makes nobody a user: " + subject.problem(), "");
    }
    List<String> groups = identity.groups();
    return new Asker(identity, groups.subList(organizations.size(), groups.size()), source);
  }

  private static Asker ofKubeconfig(
      String name, byte[] bytes, @Nullable Path file, Console console) {
    Kubeconfig config;
    try {
      config = KubeconfigReader.read(file == null ? name : file.toString(), bytes);
    } catch (MalformedKubeconfigException notOne) {
      throw new CommandException(
          ExitCode.USAGE,
          name
              + " is neither PEM nor DER nor a kubeconfig: "
              + SafeText.of(String.valueOf(notOne.getMessage())),
          "give a certificate, a certificate request or a kubeconfig");
    }
    String userName = userName(name, config);
    Kubeconfig located = file == null ? config : config.withAbsolutePaths();
    AuthInfo user = located.users().getOrDefault(userName, AuthInfo.EMPTY);
    String where = name + ", user " + SafeText.of(userName);
    if (!user.impersonate().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          where + ", acts as somebody else: " + SafeText.of(user.impersonate()),
          "ask with --as and --as-group");
    }
    byte[] pem;
    if (!user.clientCertificateData().isEmpty()) {
      pem = user.clientCertificateData().bytes();
    } else if (!user.clientCertificate().isEmpty()) {
      pem = BoundedFile.read(Path.of(user.clientCertificate()), BoundedFile.DEFAULT_LIMIT);
    } else {
      throw new CommandException(
          ExitCode.USAGE,
          where + ", has no client certificate",
          "only the API server knows whom its token or password makes it; ask with --as");
    }
    try {
      return ofPem(where, pem, console);
    } catch (X509Exception damaged) {
      throw new CommandException(ExitCode.USAGE, where + ": " + damaged.getMessage(), "");
    }
  }

  private static String userName(String name, Kubeconfig config) {
    Context current = config.contexts().get(config.currentContext());
    if (current != null && !current.user().isEmpty()) {
      return current.user();
    }
    Map<String, AuthInfo> users = config.users();
    if (users.size() == 1) {
      return users.keySet().iterator().next();
    }
    throw new CommandException(
        ExitCode.USAGE,
        name + " is no certificate, and as a kubeconfig it has no current user",
        users.isEmpty()
            ? "give a certificate, a certificate request or a kubeconfig"
            : "set its current-context, or give one of its certificates");
  }
}
