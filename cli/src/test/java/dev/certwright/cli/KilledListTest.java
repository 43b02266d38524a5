package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the whole program, at moments that depend on what it has done so far. */
final class KilledListTest {
  private static final int PEOPLE = 1000;

  @TempDir Path folder;
  private Path clients;
  private Path list;

  @BeforeEach
  void makeAuthorityAndList() throws IOException {
    assertThat(Run.certwright("ca", "init", "--ca", folder.resolve("pki").toString()).exitCode())
        .isZero();
    clients = folder.resolve("clients");
    list = folder.resolve("people.csv");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PEOPLE; i++) {
      text.append("user").append(i).append(",devs\n");
    }
    Files.writeString(list, text);
  }

  private String[] words() {
    return new String[] {
      "issue",
      "--from",
      list.toString(),
      "--ca",
      folder.resolve("pki").toString(),
      "--out",
      clients.toString(),
      "-s",
      "https://10.0.0.1:6443"
    };
  }

  @Test
  void listThatIsKilledLeavesEachPersonWithEverythingOrNothingAndGoesOnWhenRunAgain()
      throws Exception {
    int before = 0;
    for (int round = 1; before < PEOPLE && round <= 4; round++) {
      Process process = start();
      awaitPeople(process, before + 100 * round - 99);
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      int after = checkEverybody();
      assertThat(after).isGreaterThanOrEqualTo(before);
      before = after;
    }

    Run last =
        Run.withInput("", Map.of("CERTWRIGHT_HOME", folder.resolve("home").toString()), words());

    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(checkEverybody()).isEqualTo(PEOPLE);
    assertThat(last.out()).contains(PEOPLE - before + " made").contains(before + " skipped");
    try (DirectoryStream<Path> staging = Files.newDirectoryStream(clients.resolve(".staging"))) {
      assertThat(staging).isEmpty();
    }
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(words()));
    command.addAll(List.of("-o", "json"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(new File("/dev/null"));
    TestHome.useIn(builder);
    builder.environment().put("CERTWRIGHT_HOME", folder.resolve("home").toString());
    return builder.start();
  }

  /** Reads what it prints of everybody it made, until it made so many. */
  private static void awaitPeople(Process process, int people) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    int seen = 0;
    for (String line = lines.readLine(); line != null && seen < people; line = lines.readLine()) {
      seen += line.contains("\"credentialId\"") ? 1 : 0;
    }
  }

  /** Everybody who has a folder has all files, and they belong together; all is recorded. */
  private int checkEverybody() throws IOException {
    PortableCryptography cryptography = new PortableCryptography();
    int people = 0;
    List<String> certificates = CertificatesOnDisk.under(clients.resolve(".staging"));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(clients, "user*")) {
      for (Path entry : entries) {
        people++;
        Certificate certificate =
            AuthorityFiles.readCertificates(entry.resolve("client.crt")).get(0);
        assertThat(
                cryptography
                    .signingKey(
                        PrivateKeyReader.read(
                            Files.readAllBytes(entry.resolve("client.key")), PasswordSource.NONE))
                    .publicKey())
            .isEqualTo(certificate.publicKey());
        assertThat(entry.resolve("client.csr")).isNotEmptyFile();
        assertThat(Files.readString(entry.resolve("kubeconfig")))
            .endsWith("\n")
            .contains("current-context");
        certificates.add(certificate.credentialId().value());
      }
    }
    Set<String> recorded = recorded();
    assertThat(certificates).filteredOn(found -> !recorded.contains(found)).isEmpty();
    return people;
  }

  private Set<String> recorded() {
    FileLedger ledger =
        new FileLedger(folder.resolve("home"), "test", Clock.systemUTC(), FileLedger.PATIENCE);
    Set<String> recorded = new HashSet<>();
    EntryReader reader = new EntryReader();
    ledger.read(
        line -> recorded.add(((Issued) reader.read(line).event()).certificate().credentialId()));
    return recorded;
  }
}
