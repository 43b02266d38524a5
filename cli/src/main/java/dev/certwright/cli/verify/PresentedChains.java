package dev.certwright.cli.verify;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.authority.file.FileAccessException;
import dev.certwright.authority.file.UnacceptableFileException;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.kubeconfig.MalformedKubeconfigException;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what clients would present in files: a certificate in DER, a chain in PEM (leaf first, as
 * clients send it), or the users of a kubeconfig.
 */
final class PresentedChains {
  private static final int LIMIT = BoundedFile.DEFAULT_LIMIT;
  private static final int DER_SEQUENCE = 0x30;

  private PresentedChains() {}

  /**
   * All chains in a file.
   *
   * @param file where it lies; null if it came through a pipe
   * @throws CommandException if it holds none, or is damaged
   */
  static List<PresentedChain> in(String name, byte[] bytes, @Nullable Path file) {
    if (PemReader.looksLikePem(bytes)) {
      List<byte[]> certificates = certificates(name, bytes);
      if (certificates.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE, name + " holds PEM, but no certificate", "give the certificate");
      }
      return List.of(PresentedChain.of(name, certificates));
    }
    if (bytes.length > 1 && bytes[0] == DER_SEQUENCE && bytes[1] < 0) {
      return List.of(PresentedChain.of(name, List.of(bytes)));
    }
    return inKubeconfig(name, bytes, file);
  }

  private static List<byte[]> certificates(String name, byte[] bytes) {
    List<byte[]> certificates = new ArrayList<>();
    try {
      for (PemBlock block : PemReader.read(bytes)) {
        if (block.label().equals(PemBlock.CERTIFICATE)) {
          certificates.add(block.bytes());
        }
      }
    } catch (X509Exception damaged) {
      throw new CommandException(ExitCode.USAGE, name + ": " + damaged.getMessage(), "");
    }
    return certificates;
  }

  private static List<PresentedChain> inKubeconfig(String name, byte[] bytes, @Nullable Path file) {
    Kubeconfig config;
    try {
      config = KubeconfigReader.read(file == null ? name : file.toString(), bytes);
    } catch (MalformedKubeconfigException notOne) {
      throw new CommandException(
          ExitCode.USAGE,
          name
              + " is neither PEM nor DER nor a kubeconfig: "
              + SafeText.of(String.valueOf(notOne.getMessage())),
          "give a certificate, a chain or a kubeconfig");
    }
    if (config.users().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          name + " holds no certificate and, as a kubeconfig, no user",
          "give a certificate, a chain or a kubeconfig");
    }
    Kubeconfig located = file == null ? config : config.withAbsolutePaths();
    List<PresentedChain> chains = new ArrayList<>();
    for (Map.Entry<String, AuthInfo> user : located.users().entrySet()) {
      String where = name + ", user " + SafeText.of(user.getKey());
      chains.add(ofUser(where, user.getValue()));
    }
    return chains;
  }

  /** The data beats the file (rule KC-10). */
  private static PresentedChain ofUser(String where, AuthInfo user) {
    byte[] pem;
    if (!user.clientCertificateData().isEmpty()) {
      pem = user.clientCertificateData().bytes();
    } else if (!user.clientCertificate().isEmpty()) {
      try {
        pem = BoundedFile.read(Path.of(user.clientCertificate()), LIMIT);
      } catch (FileAccessException | UnacceptableFileException unreadable) {
        return PresentedChain.none(where, String.valueOf(unreadable.getMessage()));
      } catch (InvalidPathException noName) {
        return PresentedChain.none(
            where, "no file can have the name " + SafeText.of(user.clientCertificate()));
      }
    } else {
      return PresentedChain.none(where, "the user has no client certificate");
    }
    List<byte[]> certificates = certificates(where, pem);
    return certificates.isEmpty()
        ? PresentedChain.none(where, "what stands for the user's certificate is none in PEM")
        : PresentedChain.of(where, certificates);
  }
}
