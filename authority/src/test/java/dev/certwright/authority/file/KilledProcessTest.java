package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment leaves either nothing or everything. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KilledProcessTest {
  private static final int ROUNDS = 26;

  @TempDir Path folder;

  /** Two processes at a time, 52 kills in all; without a umask, so that only modes we set count. */
  @Test
  void everyClientIsThereWholeOrNotAtAllAndNeverForOthersToRead() throws IOException {
    Random random = new Random(20261124);
    Path root = folder.resolve("clients");
    int announced = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<ChildJvm> children = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        children.add(
            ChildJvm.start(
                "umask 0",
                FolderWorker.class,
                "issue",
                root.toString(),
                "r" + round + "-" + i + "-"));
      }
      List<String> published = new ArrayList<>();
      for (ChildJvm child : children) {
        assertThat(child.line()).isEqualTo("ready");
      }
      for (int after = random.nextInt(25); after > 0; after--) {
        published.add(children.get(0).line());
      }
      children.get(0).kill();
      for (int after = random.nextInt(5); after > 0; after--) {
        published.add(children.get(1).line());
      }
      children.get(1).kill();
      for (ChildJvm child : children) {
        published.addAll(child.remainingLines());
      }
      announced += published.size();
      assertThat(root).satisfies(KilledProcessTest::assertPrivate);
      for (String user : published) {
        // The last line of a killed process may be cut off.
        assertThat(
                Files.isDirectory(root.resolve(user))
                    || user.equals(published.get(published.size() - 1)))
            .as(user)
            .isTrue();
      }
    }
    int whole = assertAllWhole(root);
    assertThat(whole).isGreaterThanOrEqualTo(announced - 2 * ROUNDS).isPositive();

    ClientFolders.open(root).close();
    assertThat(list(root.resolve(".staging"))).isEmpty();
    assertThat(list(root).stream().filter(p -> p.getFileName().toString().startsWith(".")))
        .hasSize(1);
  }

  @Test
  void authorityIsThereWholeOrWithoutItsCertificate() throws IOException {
    Random random = new Random(4);
    int whole = 0;
    for (int round = 0; round < 8; round++) {
      Path root = folder.resolve("round" + round);
      try (ChildJvm child =
          ChildJvm.start("umask 0", FolderWorker.class, "init", root.toString())) {
        for (int after = random.nextInt(8); after >= 0; after--) {
          assertThat(child.line()).isNotNull();
        }
        child.kill();
      }
      assertPrivate(root);
      for (Path one : list(root)) {
        AuthorityFiles files = AuthorityFiles.in(one);
        if (Files.exists(files.certificate())) {
          CertificateAuthority authority =
              files.load(new PortableCryptography(), PasswordSource.NONE);
          assertThat(authority.certificate().isSignedBy(authority.certificate())).isTrue();
          whole++;
        } else if (Files.exists(files.key())) {
          new PortableCryptography()
              .signingKey(
                  PrivateKeyReader.read(Files.readAllBytes(files.key()), PasswordSource.NONE));
        }
      }
    }
    assertThat(whole).isPositive();
  }

  private static int assertAllWhole(Path root) throws IOException {
    int count = 0;
    for (Path client : list(root)) {
      if (!client.getFileName().toString().startsWith(".")) {
        Certificate certificate =
            AuthorityFiles.readCertificates(client.resolve("client.crt")).get(0);
        Certificate authority = AuthorityFiles.readCertificates(client.resolve("ca.crt")).get(0);
        assertThat(certificate.isSignedBy(authority)).isTrue();
        assertThat(
                new PortableCryptography()
                    .signingKey(
                        PrivateKeyReader.read(
                            Files.readAllBytes(client.resolve("client.key")), PasswordSource.NONE))
                    .publicKey())
            .isEqualTo(certificate.publicKey());
        assertThat(certificate.subject().toString())
            .isEqualTo("O=devs, CN=" + client.getFileName());
        assertThat(Files.size(client.resolve("kubeconfig"))).isEqualTo(50_000);
        assertThat(list(client)).hasSize(4);
        count++;
      }
    }
    return count;
  }

  /** Also what was left half done: modes are right from the first instant. */
  private static void assertPrivate(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      all.forEach(
          path -> {
            try {
              boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
              assertThat(
                      PosixFilePermissions.toString(
                          Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)))
                  .as(path.toString())
                  .isEqualTo(isFolder ? "rwx------" : "rw-------");
            } catch (IOException failed) {
              throw new AssertionError(failed);
            }
          });
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
