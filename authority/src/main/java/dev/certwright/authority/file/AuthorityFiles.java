package dev.certwright.authority.file;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.RefusedException;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyException;
import dev.certwright.x509.key.PasswordException;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a CA lies: the names are kubeadm's.
 *
 * @param certificate one certificate or a bundle, PEM or DER
 * @param key the private key, in any form {@link PrivateKeyReader} knows
 */
public record AuthorityFiles(Path certificate, Path key) {
  private static final int LIMIT = 1 << 20;

  /** {@code ca.crt} and {@code ca.key} in a folder. */
  public static AuthorityFiles in(Path folder) {
    return new AuthorityFiles(folder.resolve("ca.crt"), folder.resolve("ca.key"));
  }

  /**
   * Reads both.
   *
   * @throws FileAccessException if a file cannot be read
   * @throws PasswordException if the key is encrypted and does not open
   * @throws RefusedException if the two do not belong together
   * @throws AuthorityException if one is malformed
   */
  public CertificateAuthority load(Cryptography cryptography, PasswordSource password) {
    List<Certificate> bundle = readCertificates();
    byte[] bytes = BoundedFile.read(key, LIMIT);
    try {
      return CertificateAuthority.of(
          bundle, cryptography.signingKey(PrivateKeyReader.read(bytes, password)));
    } catch (PasswordException locked) {
      throw locked;
    } catch (KeyException unusable) {
      throw new AuthorityException(key + ": " + unusable.getMessage(), unusable);
    } catch (X509Exception malformed) {
      throw new AuthorityException(key + ": " + malformed.getMessage(), malformed);
    }
  }

  /**
   * The certificates alone.
   *
   * @return at least one
   */
  public List<Certificate> readCertificates() {
    return readCertificates(certificate);
  }

  /**
   * All certificates in a file, PEM or one DER; other PEM blocks, and those with headers, are
   * passed over (rule X-04).
   */
  public static List<Certificate> readCertificates(Path file) {
    return certificates(file, BoundedFile.read(file, LIMIT));
  }

  /** The same of what was read already. */
  public static List<Certificate> certificates(Path file, byte[] bytes) {
    List<Certificate> certificates = new ArrayList<>();
    try {
      if (PemReader.looksLikePem(bytes)) {
        for (PemBlock block : PemReader.read(bytes)) {
          if (block.label().equals(PemBlock.CERTIFICATE) && block.headers().isEmpty()) {
            certificates.add(Certificate.of(block.bytes()));
          }
        }
      } else {
        certificates.add(Certificate.of(bytes));
      }
    } catch (X509Exception malformed) {
      throw new AuthorityException(file + ": " + malformed.getMessage(), malformed);
    }
    if (certificates.isEmpty()) {
      throw new AuthorityException(file + " holds no certificate");
    }
    return certificates;
  }

  /**
   * Writes a new CA; both files or none, for their owner only, and never over something.
   *
   * @param keyPem the private key, encrypted or not
   * @throws ExistsException if either file is there already
   */
  public void create(CertificateAuthority authority, byte[] keyPem) {
    refuseExisting();
    Path folder = folderOf(key);
    List<Path> made = new ArrayList<>();
    try {
      PrivateFiles.createFolders(folder);
      PrivateFiles.createFolders(folderOf(certificate));
      // The key first: a certificate without its key would look like a CA that can sign.
      PrivateFiles.writeWhole(key, keyPem);
      made.add(key);
      PrivateFiles.writeWhole(
          certificate, PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()));
      made.add(certificate);
      PrivateFiles.syncFolder(folder);
      PrivateFiles.syncFolder(folderOf(certificate));
      made.clear();
    } catch (FileAlreadyExistsException raced) {
      throw new ExistsException(Path.of(raced.getFile()));
    } catch (IOException failed) {
      throw new FileAccessException(
          "the CA cannot be written to " + folder + ": " + PrivateFiles.describe(failed), failed);
    } finally {
      removeAll(made);
    }
  }

  /** Of a CA that is not there whole nothing stays. */
  private static void removeAll(List<Path> made) {
    for (Path file : made) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException leftBehind) {
        throw new FileAccessException(file + " is left over and cannot be removed", leftBehind);
      }
    }
  }

  /**
   * Removes what a killed process left of a CA that it was writing, so that no second name of a key
   * stays.
   *
   * @return files of such names that are left: another's, links, or in a folder that others may
   *     write
   * @throws FileAccessException if the folders cannot be read
   */
  public List<Path> removeUnfinished() {
    try {
      List<Path> left = new ArrayList<>(Unfinished.removeAll(key));
      left.addAll(Unfinished.removeAll(certificate));
      return left;
    } catch (IOException failed) {
      throw new FileAccessException(
          "what lies beside " + key + " cannot be read: " + PrivateFiles.describe(failed), failed);
    }
  }

  /**
   * Whether there is a key and no certificate, as a process leaves it that is killed while it makes
   * a CA. Nothing was signed with such a key, unless the certificate was removed.
   */
  public boolean isKeyAlone() {
    return Files.exists(key, LinkOption.NOFOLLOW_LINKS)
        && !Files.exists(certificate, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Nothing may lie where a new CA would.
   *
   * @throws ExistsException if something does
   */
  public void refuseExisting() {
    for (Path file : List.of(certificate, key)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new ExistsException(file);
      }
    }
  }

  private static Path folderOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
