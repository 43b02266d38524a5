package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.Severity;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.KeyException;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what a file is, and looks at everything in it. */
public final class FileInspection {
  private static final int MAXIMUM_ITEMS = 10_000;

  private final Instant now;
  private final List<Certificate> clientAuthorities;
  private final PortableCryptography cryptography = new PortableCryptography();

  /**
   * For one run.
   *
   * @param clientAuthorities the CAs the API server trusts; empty if they are not known
   */
  public FileInspection(Instant now, List<Certificate> clientAuthorities) {
    this.now = now;
    this.clientAuthorities = List.copyOf(clientAuthorities);
  }

  /**
   * Everything in a file, in order.
   *
   * @param name for messages
   * @param file where it lies; null if it came through a pipe
   * @throws CommandException if it is nothing that is known, or damaged
   */
  public List<Item> inspect(String name, byte[] bytes, @Nullable Path file) {
    try {
      if (PemReader.looksLikePem(bytes)) {
        return inspectPem(PemReader.read(bytes), name, file);
      }
      List<Item> der = inspectDer(bytes, name, file);
      if (der != null) {
        return der;
      }
    } catch (X509Exception damaged) {
      throw new CommandException(ExitCode.USAGE, name + ": " + damaged.getMessage(), "");
    }
    return new KubeconfigInspection(this, name, bytes, file).items();
  }

  /** The same for PEM that came from inside another file, such as a kubeconfig. */
  List<Item> inspectPem(List<PemBlock> blocks, String name, @Nullable Path file) {
    if (blocks.size() > MAXIMUM_ITEMS) {
      throw new CommandException(
          ExitCode.USAGE, name + " has more than " + MAXIMUM_ITEMS + " PEM blocks", "split it");
    }
    List<Item> items = new ArrayList<>();
    List<Certificate> certificates = new ArrayList<>();
    for (PemBlock block : blocks) {
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        certificates.add(Certificate.of(block.bytes()));
      }
    }
    int certificate = 0;
    PublicKeyInfo key = null;
    int keyAt = -1;
    for (PemBlock block : blocks) {
      String where = blocks.size() == 1 ? name : name + ", line " + block.line();
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        items.add(
            CertificateInspection.of(
                certificates.get(certificate++), where, now, clientAuthorities, certificates));
      } else if (block.label().equals(PemBlock.CERTIFICATE_REQUEST)
          || block.label().equals(PemBlock.NEW_CERTIFICATE_REQUEST)) {
        items.add(RequestInspection.of(CertificateRequest.of(block.bytes()), where));
      } else if (PrivateKeyReader.isEncrypted(block)) {
        items.add(KeyInspection.encrypted(where, fileFindings(file)));
      } else if (PrivateKeyReader.isPrivateKey(block)) {
        key = publicKey(block);
        keyAt = items.size();
        items.add(KeyInspection.of(key, where, fileFindings(file)));
      }
    }
    if (key != null && !certificates.isEmpty()) {
      checkPair(key, certificates, items, keyAt);
    }
    if (items.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, name + " holds PEM, but no certificate, request or private key", "");
    }
    return items;
  }

  private static void checkPair(
      PublicKeyInfo key, List<Certificate> certificates, List<Item> items, int keyAt) {
    for (Certificate certificate : certificates) {
      if (certificate.publicKey().equals(key)) {
        return;
      }
    }
    Item item = items.get(keyAt);
    List<Finding> findings = new ArrayList<>(item.findings());
    findings.add(
        new Finding(
            Severity.FORBIDDEN,
            "key-mismatch",
            "the private key belongs to none of the certificates beside it",
            "use the key that the certificate was made for"));
    items.set(keyAt, new Item(item.kind(), item.where(), item.fields(), findings));
  }

  /** The public half, to be compared and described. */
  PublicKeyInfo publicKey(PemBlock block) {
    return cryptography.signingKey(PrivateKeyReader.read(block, PasswordSource.NONE)).publicKey();
  }

  private @Nullable List<Item> inspectDer(byte[] bytes, String name, @Nullable Path file) {
    if (bytes.length == 0 || bytes[0] != 0x30) {
      return null;
    }
    try {
      Certificate certificate = Certificate.of(bytes);
      return List.of(
          CertificateInspection.of(
              certificate, name, now, clientAuthorities, List.of(certificate)));
    } catch (X509Exception notACertificate) {
      return inspectOtherDer(bytes, name, file, notACertificate);
    }
  }

  private @Nullable List<Item> inspectOtherDer(
      byte[] bytes, String name, @Nullable Path file, X509Exception notACertificate) {
    try {
      return List.of(RequestInspection.of(CertificateRequest.of(bytes), name));
    } catch (X509Exception notARequest) {
      // Fall through to the next form.
    }
    if (PrivateKeyReader.looksLikeDer(bytes)) {
      try {
        PublicKeyInfo key =
            cryptography.signingKey(PrivateKeyReader.read(bytes, PasswordSource.NONE)).publicKey();
        return List.of(KeyInspection.of(key, name, fileFindings(file)));
      } catch (dev.certwright.x509.key.PasswordException locked) {
        return List.of(KeyInspection.encrypted(name, fileFindings(file)));
      } catch (KeyException unusable) {
        throw new CommandException(ExitCode.USAGE, name + ": " + unusable.getMessage(), "");
      }
    }
    // A text that begins with "0" is no DER; a kubeconfig in JSON or YAML never does.
    throw new CommandException(
        ExitCode.USAGE,
        name + " is no certificate, request or private key: " + notACertificate.getMessage(),
        "give PEM or DER, or a kubeconfig");
  }

  private static List<Finding> fileFindings(@Nullable Path file) {
    Finding finding = file == null ? null : SecretFile.readableByOthers(file);
    return finding == null ? List.of() : List.of(finding);
  }
}
