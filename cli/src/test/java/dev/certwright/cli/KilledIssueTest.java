package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.file.FileLedger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code issue} is killed at moments that are drawn, and at the one before its entry. Whenever that
 * is: every client that is there is whole, every certificate stands in the ledger, also one that
 * has not reached its place, and the chain holds.
 */
final class KilledIssueTest {
  private static final int KILLS = Integer.getInteger("certwright.kills", 8);

  @TempDir Path folder;

  private Process start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(List.of(words));
    all.addAll(List.of("--ca", folder + "/pki", "--out", folder + "/clients"));
    ProcessBuilder builder =
        new ProcessBuilder(Shell.certwright(all.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    TestHome.useIn(builder);
    builder.environment().put("CERTWRIGHT_HOME", folder.resolve("home").toString());
    return builder.start();
  }

  private List<Path> clients() throws IOException {
    if (!Files.exists(folder.resolve("clients"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder.resolve("clients"))) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    }
  }

  private int check() throws IOException {
    FileLedger ledger =
        new FileLedger(folder.resolve("home"), "test", Clock.systemUTC(), FileLedger.PATIENCE);
    for (Problem problem : ledger.verify(null).problems()) {
      assertThat(problem.kind()).isEqualTo(Problem.Kind.TORN_END);
    }
    Set<String> recorded = new HashSet<>();
    EntryReader reader = new EntryReader();
    ledger.read(
        line -> recorded.add(((Issued) reader.read(line).event()).certificate().credentialId()));
    List<Path> clients = clients();
    for (Path client : clients) {
      assertThat(client.resolve("kubeconfig")).exists();
      assertThat(client.resolve("client.key")).exists();
      assertThat(recorded)
          .contains(
              AuthorityFiles.readCertificates(client.resolve("client.crt"))
                  .get(0)
                  .credentialId()
                  .value());
    }
    assertThat(CertificatesOnDisk.under(folder.resolve("clients/.staging")))
        .filteredOn(certificate -> !recorded.contains(certificate))
        .isEmpty();
    return clients.size();
  }

  /** Kills it while it waits for the ledger, which is locked, with its files staged. */
  private void killBeforeItsEntry(String lastStaged, String... words) throws Exception {
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
    Path home = Files.createDirectory(folder.resolve("home"));
    Path clients = folder.resolve("clients");
    try (FileChannel channel =
        FileChannel.open(
            home.resolve("ledger.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      Process process = start(words);
      while (!isWritten(clients, lastStaged)) {
        assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).as("ended by itself").isFalse();
      }
      process.destroyForcibly().waitFor();
    }

    assertThat(CertificatesOnDisk.files(clients)).hasSizeGreaterThan(3);
    assertThat(CertificatesOnDisk.under(clients)).isEmpty();
    assertThat(clients()).isEmpty();
    assertThat(home.resolve("ledger.jsonl")).doesNotExist();
  }

  private static boolean isWritten(Path clients, String staged) throws IOException {
    try (Stream<Path> all = Files.exists(clients) ? Files.walk(clients) : Stream.empty()) {
      return all.anyMatch(path -> path.endsWith(staged) && path.toFile().length() > 0);
    }
  }

  @Test
  void singleIssueThatIsKilledBeforeItsEntryLeavesNoCertificate() throws Exception {
    killBeforeItsEntry("1/kubeconfig", "jane", "devs");
  }

  @Test
  void singleIssueWithFilesOfItsOwnThatIsKilledBeforeItsEntryLeavesNoCertificate()
      throws Exception {
    killBeforeItsEntry("1/kubeconfig", "jane", "devs", "--no-embed");
  }

  @Test
  void bulkIssueThatIsKilledBeforeItsEntryLeavesNoCertificate() throws Exception {
    Path people = Files.writeString(folder.resolve("people.csv"), "jane,devs\njohn,devs\n");
    killBeforeItsEntry("2/kubeconfig", "--from", people.toString());
  }

  @Test
  void singleIssueThatIsKilledLeavesNoCertificateOutOfTheLedger() throws Exception {
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
    Random random = new Random(1);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("user" + kill, "devs");
      process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      check();
    }
    assertThat(start("last", "devs").waitFor()).isZero();
    assertThat(check()).isPositive();
    // One in a file of its own, one in the kubeconfig.
    assertThat(CertificatesOnDisk.under(folder.resolve("clients/last"))).hasSize(2);
  }

  @Test
  void bulkIssueThatIsKilledLeavesNoCertificateOutOfTheLedger() throws Exception {
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      list.append("user").append(i).append(",devs\n");
    }
    Path people = Files.writeString(folder.resolve("people.csv"), list);
    Random random = new Random(2);
    for (int kill = 0; kill < Math.max(2, KILLS / 4); kill++) {
      int wanted = clients().size() + random.nextInt(800);
      Process process = start("--from", people.toString());
      while (process.isAlive() && clients().size() <= wanted) {
        process.waitFor(1, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      check();
    }
    assertThat(start("--from", people.toString()).waitFor()).isZero();
    assertThat(check()).isEqualTo(3000);
  }
}
