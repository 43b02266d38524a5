package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.FolderName;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IssueTest {
  @TempDir Path folder;
  private String ca;
  private Path clients;

  @BeforeEach
  void makeAuthority() {
    ca = folder.resolve("pki").toString();
    clients = folder.resolve("clients");
    assertThat(Run.certwright("ca", "init", "--ca", ca).exitCode()).isZero();
  }

  private Run issue(String... words) {
    return Run.certwright(
        Stream.concat(
                Stream.of("issue"),
                Stream.concat(
                    Stream.of(words),
                    Stream.of(
                        "--ca", ca, "--out", clients.toString(), "-s", "https://10.0.0.1:6443")))
            .toArray(String[]::new));
  }

  private Certificate certificateOf(String user) {
    return AuthorityFiles.readCertificates(
            clients.resolve(FolderName.of(user)).resolve("client.crt"))
        .get(0);
  }

  @Test
  void issuedFilesAreAllThereAndForTheOwnerOnly() throws IOException {
    Run run = issue("jane", "devs", "ops");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("user        jane")
        .contains("groups      devs, ops (plus system:authenticated)");
    Path jane = clients.resolve("jane");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jane)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(jane)) {
      assertThat(files.toList())
          .hasSize(4)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void opensslVerifiesTheChainAndTheKeyBelongsToTheCertificate() {
    issue("jane", "devs");
    Path jane = clients.resolve("jane");

    assertThat(
            Shell.run(
                jane,
                "openssl",
                "verify",
                "-purpose",
                "sslclient",
                "-CAfile",
                ca + "/ca.crt",
                "client.crt"))
        .contains("OK");
    assertThat(Shell.run(jane, "openssl", "x509", "-in", "client.crt", "-noout", "-pubkey"))
        .isEqualTo(Shell.run(jane, "openssl", "pkey", "-in", "client.key", "-pubout"));
    assertThat(Shell.run(jane, "openssl", "x509", "-in", "client.crt", "-noout", "-subject"))
        .contains("O = devs, CN = jane");
  }

  @Test
  void dryRunShowsAllAndMakesNothing() {
    Run run = issue("jane", "devs", "--dry-run", "-o", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"user\": \"jane\"").contains("\"dryRun\": true");
    assertThat(clients).doesNotExist();
  }

  @Test
  void existingUserIsRefusedAndUntouchedWithoutForce() throws IOException {
    issue("jane", "devs");
    byte[] before = Files.readAllBytes(clients.resolve("jane/client.key"));

    Run again = issue("jane", "ops");

    assertThat(again.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(again.err()).contains("exists already").contains("hint: replace it with --force");
    assertThat(Files.readAllBytes(clients.resolve("jane/client.key"))).isEqualTo(before);
    Run dryRun = issue("jane", "ops", "--dry-run");
    assertThat(dryRun.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(dryRun.err()).contains("exists already");
    assertThat(issue("jane", "ops", "--dry-run", "--force").exitCode()).isZero();
  }

  @Test
  void clustersBehindOneGatewayHaveNamesOfTheirOwn() throws IOException {
    for (String cluster : new String[] {"c-1", "c-2/"}) {
      String server = "https://gate.example/k8s/" + cluster;
      String out = clients.resolve(cluster).toString();
      Run.certwright("issue", "jane", "devs", "--ca", ca, "--out", out, "--server", server);
      assertThat(Files.readString(Path.of(out, "jane", "kubeconfig")))
          .contains("jane@gate.example/k8s/" + cluster.substring(0, 3));
    }
  }

  @Test
  void forceKeepsTheOldFilesAside() throws IOException {
    issue("jane", "devs");
    byte[] before = Files.readAllBytes(clients.resolve("jane/client.key"));

    assertThat(issue("jane", "ops", "--force").exitCode()).isZero();

    assertThat(certificateOf("jane").subject().toString()).isEqualTo("O=ops, CN=jane");
    try (Stream<Path> aside = Files.list(clients.resolve(".replaced"))) {
      assertThat(aside.toList())
          .singleElement()
          .satisfies(
              old -> assertThat(Files.readAllBytes(old.resolve("client.key"))).isEqualTo(before));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jane@corp.com", "team/jane", "system:node:n1", "..", "Jane", "Йован", "a b"})
  void awkwardUserNamesArriveByteForByteInSafeFolders(String user) throws IOException {
    Run run = issue(user, "--allow-system-names");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(certificateOf(user).subject().attributes())
        .singleElement()
        .satisfies(attribute -> assertThat(attribute.value()).isEqualTo(user));
    try (Stream<Path> folders = Files.list(clients)) {
      assertThat(folders.filter(path -> !path.getFileName().toString().startsWith("."))).hasSize(1);
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      assertThat(siblings.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("pki", "clients");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jane | system:masters | system-masters",
        "system:admin | devs | system-name",
        "jane | /0=system:masters | name-subject",
        "/O=x/CN=y | devs | name-subject",
        "jane | devs,O=ops | name-subject",
        "'' | devs | name-empty",
        "' jane' | devs | name-blanks",
        "j\u0430ne | devs | name-mixed-script",
        "ja\u200Bne | devs | name-zero-width",
        "ja\u202Ene | devs | name-bidi",
        "ja\tne | devs | name-control",
        "\uFF4Aane | devs | name-look-alike",
      })
  void guardRailsRefuseWithTheirRuleAndSayWhatToDo(String user, String group, String rule) {
    Run run = issue(user, group);

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("[" + rule + "]").contains("hint: ");
    assertThat(run.err().codePoints())
        .allMatch(c -> c == '\n' || c >= 0x20 && c < 0x7F || c > 0xA0);
    assertThat(clients).doesNotExist();
  }

  @Test
  void systemMastersNeedsItsOwnFlag() {
    assertThat(issue("jane", "system:masters", "--allow-system-names").exitCode())
        .isEqualTo(ExitCode.NO);
    assertThat(issue("jane", "system:masters", "--allow-system-masters").exitCode()).isZero();
  }

  @Test
  void lifetimeBeyondTheCeilingNeedsAnExplicitFlag() {
    assertThat(issue("jane", "--ttl", "401d").err()).contains("[lifetime]");
    assertThat(issue("jane", "--ttl", "401d", "--max-ttl", "2y").exitCode()).isZero();
  }

  @Test
  void lifetimeIsClippedToTheAuthorityAndSaid() {
    String shortCa = folder.resolve("short").toString();
    Run.certwright("ca", "init", "--ca", shortCa, "--ttl", "2h");

    Run run =
        Run.certwright(
            "issue", "jane", "--ca", shortCa, "--out", clients.toString(), "-s", "https://x");

    assertThat(run.out()).contains("because the CA itself ends then");
    assertThat(certificateOf("jane").validity().notAfter())
        .isEqualTo(
            AuthorityFiles.readCertificates(Path.of(shortCa, "ca.crt"))
                .get(0)
                .validity()
                .notAfter());
  }

  @Test
  void likeTheScriptIsRsa4096And365Days() {
    issue("jane", "devs", "--like-the-script");

    Certificate certificate = certificateOf("jane");
    assertThat(certificate.publicKey().description()).isEqualTo("RSA 4096");
    assertThat(Duration.between(Instant.now(), certificate.validity().notAfter()))
        .isBetween(Duration.ofDays(365).minusMinutes(2), Duration.ofDays(365));
  }

  @Test
  void missingServerIsWarnedAbout() {
    Run run = Run.certwright("issue", "jane", "--ca", ca, "--out", clients.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("no --server was given");
  }

  @Test
  void settingsComeFromTheEnvironmentWhereTheyAreNotGiven() {
    Run run =
        Run.withInput(
            "",
            Map.of(
                "CERTWRIGHT_CA",
                ca,
                "CERTWRIGHT_OUT",
                clients.toString(),
                "CERTWRIGHT_SERVER",
                "https://k8s.example:443",
                "CERTWRIGHT_KEY_TYPE",
                "ed25519"),
            "issue",
            "jane");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Ed25519").contains("https://k8s.example:443");
  }

  @Test
  void broughtRequestKeepsItsKeyAndItsSubjectIsNotAdopted() throws IOException {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-new",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "robot.key",
        "-subj",
        "/O=system:masters/CN=root",
        "-addext",
        "subjectAltName=DNS:evil",
        "-out",
        "robot.csr");

    Run run =
        issue(
            "robot",
            "ci",
            "--csr",
            folder.resolve("robot.csr").toString(),
            "--key-file",
            "/etc/robot.key");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("[csr-subject]").contains("[csr-extension]");
    Certificate certificate = certificateOf("robot");
    assertThat(certificate.subject().toString()).isEqualTo("O=ci, CN=robot");
    assertThat(certificate.extensions().list()).hasSize(5);
    assertThat(clients.resolve("robot/client.key")).doesNotExist();
    assertThat(Files.readString(clients.resolve("robot/kubeconfig")))
        .contains("client-key: /etc/robot.key")
        .doesNotContain("client-key-data");
    assertThat(
            Shell.run(
                folder, "openssl", "x509", "-in", "clients/robot/client.crt", "-noout", "-pubkey"))
        .isEqualTo(Shell.run(folder, "openssl", "pkey", "-in", "robot.key", "-pubout"));
  }

  @Test
  void whatChoosesAKeyDoesNotGoWithARequestThatBringsOne() {
    for (String option : new String[] {"--key-type=p-384", "--like-the-script"}) {
      Run run = issue("robot", "ci", "--csr", "robot.csr", option);

      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("choose a key");
    }
  }

  @Test
  void controlCharactersInNamesForTheKubeconfigAreRefused() {
    assertThat(issue("jane", "--cluster-name", "prod\n").err()).contains("--cluster-name has a");
    assertThat(issue("jane", "--cluster-name", "a\u202Eb").err()).contains("--cluster-name has a");
    assertThat(issue("jane", "--csr", "r", "--key-file", "k\n").err())
        .contains("--key-file has a control character");
    for (String host : new String[] {"", "a b", "https://h", "h\n", "ä"}) {
      assertThat(issue("jane", "--tls-server-name", host).err())
          .contains("expected a DNS name or an IP address");
    }
    assertThat(clients).doesNotExist();
  }

  @Test
  void broughtRequestWithoutKeyFileSaysWhereTheKeyBelongs() throws IOException {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-new",
        "-newkey",
        "ed25519",
        "-nodes",
        "-keyout",
        "robot.key",
        "-subj",
        "/O=ci/CN=robot",
        "-out",
        "robot.csr");

    Run run = issue("robot", "ci", "--csr", folder.resolve("robot.csr").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("put the private key there first", "robot/client.key");
  }

  @Test
  void weakBroughtKeyIsRefused() {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-new",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-keyout",
        "weak.key",
        "-subj",
        "/CN=robot",
        "-out",
        "weak.csr");

    Run run = issue("robot", "--csr", folder.resolve("weak.csr").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("[key-weak]");
    assertThat(clients).doesNotExist();
  }

  @Test
  void noEmbedNamesFilesRelativeToTheKubeconfig() throws IOException {
    issue("jane", "--no-embed");

    assertThat(Files.readString(clients.resolve("jane/kubeconfig")))
        .contains("client-certificate: client.crt")
        .contains("client-key: client.key")
        .contains("certificate-authority: cluster-ca.crt");
  }

  @Test
  void linkInThePlaceOfAUserIsNeitherFollowedNorOverwritten() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createDirectory(clients);
    Files.createSymbolicLink(clients.resolve("jane"), outside);

    assertThat(issue("jane").exitCode()).isEqualTo(ExitCode.NO);
    assertThat(issue("jane", "--force").exitCode()).isZero();

    try (Stream<Path> inside = Files.list(outside)) {
      assertThat(inside).isEmpty();
    }
    assertThat(Files.isSymbolicLink(clients.resolve("jane"))).isFalse();
  }

  @Test
  void fileThatIsNamedLikeALockOfTheFolderAboveRemovesNobody() throws IOException {
    Path precious = Files.createDirectories(clients.resolve("precious")).resolve("client.key");
    Files.writeString(precious, "precious");
    Path staging = Files.createDirectory(clients.resolve(".staging"));
    Files.setPosixFilePermissions(
        staging, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.createFile(staging.resolve("...lock"));

    assertThat(issue("jane").exitCode()).isZero();

    assertThat(precious).hasContent("precious");
    assertThat(clients.resolve("jane/kubeconfig")).exists();
  }

  @Test
  void stagingThatOthersMayWriteIsRefusedWithWhatToDo() throws IOException {
    Path staging = Files.createDirectories(clients.resolve(".staging"));
    Files.setPosixFilePermissions(
        staging, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));

    Run run = issue("jane");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.err())
        .contains("can be written by others than its owner")
        .contains("chmod 0700 " + staging);
    assertThat(clients.resolve("jane")).doesNotExist();
  }
}
