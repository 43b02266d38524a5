package dev.certwright.cli.serve;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A serving certificate for this run alone, in a private folder that goes with it. */
public final class MadeCertificate implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofDays(365);

  private static final byte[] LOOPBACK_6 = new byte[16];

  static {
    LOOPBACK_6[15] = 1;
  }

  private final Path folder;

  private MadeCertificate(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes one for loopback and an address.
   *
   * @param address where the server listens, null for loopback alone
   */
  public static MadeCertificate sign(
      CertificateAuthority authority, @Nullable InetAddress address) {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    try {
      List<InetAddress> addresses = new ArrayList<>();
      addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      addresses.add(InetAddress.getByAddress(LOOPBACK_6));
      if (address != null && !address.isAnyLocalAddress() && !addresses.contains(address)) {
        addresses.add(address);
      }
      Certificate certificate =
          ServerCertificate.sign(
              authority, key.publicKey(), List.of("localhost"), addresses, LIFETIME, Instant.now());
      Path folder = Files.createTempDirectory("certwright-serving");
      MadeCertificate made = new MadeCertificate(folder);
      write(
          made.files().certificate(), PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
      write(made.files().key(), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
      return made;
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "the serving certificate cannot be written: " + failed.getMessage(),
          "");
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, content, StandardOpenOption.WRITE);
  }

  /** Where it lies. */
  public CertificateFiles files() {
    return new CertificateFiles(folder.resolve("serving.crt"), folder.resolve("serving.key"));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(files().certificate());
      Files.deleteIfExists(files().key());
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      // A folder in the temporary one that only the owner can read.
    }
  }
}
