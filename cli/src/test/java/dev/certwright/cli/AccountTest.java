package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read the ledger, and {@code import}. */
final class AccountTest {
  private static final String STRANGER = "X509SHA256=" + "5a".repeat(32);

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void makeAuthority() {
    home = folder.resolve("home");
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
  }

  private Run run(String... words) {
    return Run.withInput("", Map.of("CERTWRIGHT_HOME", home.toString()), words);
  }

  private void issue(String... words) {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(Arrays.asList(words));
    all.addAll(
        List.of("--ca", folder + "/pki", "--out", folder + "/clients", "-s", "https://10.0.0.1"));
    Run run = run(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private Path client(String user) {
    return folder.resolve("clients/" + user);
  }

  private String credentialId(String user) {
    return AuthorityFiles.readCertificates(client(user).resolve("client.crt"))
        .get(0)
        .credentialId()
        .value();
  }

  /** As kube-apiserver writes it, most fields left out. */
  private static String event(String credentialId, String user, String time, String addresses) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
        + "\"auditID\":\"0f1ae0bc\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/api\","
        + "\"verb\":\"get\",\"user\":{\"username\":\""
        + user
        + "\",\"groups\":[\"devs\",\"system:authenticated\"],\"extra\":{"
        + "\"authentication.kubernetes.io/credential-id\":[\""
        + credentialId
        + "\"]}},\"sourceIPs\":["
        + addresses
        + "],\"requestReceivedTimestamp\":\""
        + time
        + "\",\"annotations\":{\"authorization.k8s.io/decision\":\"allow\"}}\n";
  }

  private String auditLog() {
    return event(credentialId("jane"), "jane", "2026-11-24T09:00:00.000001Z", "\"10.0.0.7\"")
        + "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"user\":{\"username\":\"x\"}}\n"
        + "not an event that mentions \"X509SHA256=\n"
        + event(STRANGER, "mallory", "2026-11-24T10:00:00.5Z", "\"1.2.3.4\",\"10.9.9.9\"")
        + event(credentialId("jane"), "jane", "2026-11-24T11:00:00.000001Z", "\"10.0.0.8\"");
  }

  @Test
  void listShowsWhoHasAccessUntilWhenAndLeavesOutOthers() {
    issue("jane", "devs", "--ttl", "8h");
    issue("joe", "ops", "--ttl", "30d");

    Run all = run("list");
    Run soon = run("list", "--expiring", "7d");

    assertThat(all.exitCode()).isZero();
    assertThat(all.out().lines().toList()).hasSize(3);
    assertThat(all.out().lines().toList().get(1)).startsWith("jane").contains("valid", "10.0.0.1");
    assertThat(soon.out()).contains("jane").doesNotContain("joe");
    assertThat(run("list", "--group", "ops").out()).contains("joe").doesNotContain("jane");
    assertThat(run("list", "--user", "nobody").out()).isEqualTo("none\n");
    assertThat(run("list", "--state", "expired").out()).isEqualTo("none\n");
    assertThat(run("list", "--sort", "user", "--reverse").out().indexOf("joe"))
        .isLessThan(run("list", "--sort", "user", "--reverse").out().indexOf("jane"));
  }

  @Test
  void listPrintsForProgramsAndSpreadsheets() {
    issue("jane", "devs,ops", "b", "--reason", "say \"please\"");

    assertThat(run("list", "-o", "json").out())
        .contains("\"user\": \"jane\"")
        .contains("\"credentialId\": \"" + credentialId("jane") + "\"");
    assertThat(run("list", "-o", "yaml").out()).contains("- state: valid");
    assertThat(run("list", "-o", "csv").out())
        .startsWith("user,groups,uid,state,")
        .contains("jane,\"devs,ops;b\",,valid,")
        .contains("\"say \"\"please\"\"\"");
  }

  @Test
  void nameThatIsAFormulaIsTextForASpreadsheet() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(STRANGER, "=cmd|' /C calc'!A0", "2026-11-24T10:00:00Z", "\"+1\"")
                .replace("\"devs\"", "\"devs\",\"@SUM(A1)\""));
    run("import", log.toString(), "--cluster", "-1+1");

    assertThat(run("list", "-o", "csv").out())
        .contains("\n'=cmd|' /C calc'!A0,devs;'@SUM(A1);system:authenticated,,unknown,")
        .contains(",'-1+1,seen,")
        .contains(",'+1,,,X509SHA256=");
    assertThat(run("list", "-o", "json").out()).contains("\"=cmd|' /C calc'!A0\"");
  }

  @Test
  void nameThatWouldSteerATerminalIsEscapedInCsvToo() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(STRANGER, "\\u001b[31mred\\u202e\\n", "2026-11-24T10:00:00Z", "\"1.2.3.4\""));
    run("import", log.toString());

    assertThat(run("list", "-o", "csv").out())
        .contains("\n\\u001b[31mred\\u202e\\u000a,devs;")
        .doesNotContain("\u001b", "\u202e");
  }

  /** A process of its own: what it ends with depends on whether all of its output was written. */
  @Test
  void csvIsASuccessOfTheProcessToo() {
    issue("jane", "devs");

    Run run =
        Shell.attempt(folder, Shell.certwright("list", "-o", "csv", "--ledger", home.toString()));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("user,groups,").contains("jane,devs,");
  }

  @Test
  void listSaysWhenThereAreMore() {
    issue("jane");
    issue("joe");

    Run run = run("list", "--limit", "1");

    assertThat(run.out().lines().toList()).hasSize(2);
    assertThat(run.err()).contains("there are more than these 1");
    assertThat(run("list", "--limit", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void showFindsByUserFileIdBeginningAndSerial() {
    issue("jane", "devs", "--reason", "on call", "--serial", "4711");
    String id = credentialId("jane");

    for (String what :
        List.of(
            "jane",
            id,
            id.substring("X509SHA256=".length()),
            id.substring("X509SHA256=".length(), 23),
            "4711",
            "0x1267",
            "12:67",
            client("jane") + "/client.crt",
            client("jane") + "/kubeconfig")) {
      Run run = run("show", what);
      assertThat(run.exitCode()).as(what + run.err()).isZero();
      assertThat(run.out()).as(what).contains(id).contains("on call").contains("entry 1: issued");
    }
    assertThat(run("show", "joe").exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run("show", "jane", "-o", "json").out()).contains("\"history\": [");
  }

  @Test
  void showAndRevokeFindWhatOpensslPrints() throws IOException {
    issue("jane", "devs");
    String id = credentialId("jane");
    String file = client("jane") + "/client.crt";
    String serial = Shell.run(folder, "openssl", "x509", "-in", file, "-noout", "-serial").strip();
    String fingerprint =
        Shell.run(folder, "openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256");

    for (String what :
        List.of(
            serial,
            serial.substring("serial=".length()),
            serial.substring("serial=".length()).replaceAll("(..)(?!$)", "$1:"),
            fingerprint,
            fingerprint.strip(),
            fingerprint.strip().substring(fingerprint.indexOf('=') + 1),
            "X509SHA256=" + id.substring(11).toUpperCase(java.util.Locale.ROOT))) {
      Run show = run("show", what);
      assertThat(show.exitCode()).as(what + show.err()).isZero();
      assertThat(show.out()).as(what).contains(id);
      assertThat(run("revoke", what, "--dry-run").out()).as(what).contains(id + " of jane");
    }
    assertThat(run("show", "sha1 Fingerprint=AB:CD").err()).contains("-fingerprint -sha256");
    String other =
        fingerprint.strip().replaceAll(".$", fingerprint.strip().endsWith("0") ? "1" : "0");
    assertThat(run("revoke", other, "--dry-run").out()).contains("which the ledger does not know");
  }

  @Test
  void whatMayMeanTwoCertificatesShowsBothAndRevokesNone() throws IOException {
    issue("jane", "devs");
    String what = credentialId("jane").substring(11, 23);
    issue("joe", "devs", "--serial", (what.matches("[0-9]+") ? "" : "0x") + what);

    assertThat(run("show", what, "-o", "json").out())
        .contains(credentialId("jane"), credentialId("joe"));
    Run revoke = run("revoke", what, "--yes");
    assertThat(revoke.exitCode()).isNotZero();
    assertThat(revoke.err()).contains("2 certificates");
  }

  @Test
  void clientsFolderOfAScriptIsTakenOnceAndKeysAreNotOpened() throws IOException {
    Path old = Files.createDirectories(folder.resolve("old/clients/brancz"));
    Shell.run(
        old,
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "brancz.key",
        "-subj",
        "/O=read-only-users/CN=brancz",
        "-out",
        "brancz.csr");
    Shell.run(
        old,
        "openssl",
        "x509",
        "-req",
        "-in",
        "brancz.csr",
        "-CA",
        folder + "/pki/ca.crt",
        "-CAkey",
        folder + "/pki/ca.key",
        "-set_serial",
        "7",
        "-days",
        "365",
        "-out",
        "brancz.crt");
    Files.copy(folder.resolve("pki/ca.crt"), old.resolve("ca.crt"));
    Files.writeString(old.resolve("notes.pem"), "not a certificate");
    Files.writeString(
        old.resolve("kubeconfig"),
        "apiVersion: v1\nkind: Config\nclusters:\n- name: prod\n  cluster: {server: 'https://prod'}\n"
            + "contexts:\n- name: a\n  context: {cluster: prod, user: brancz}\n"
            + "users:\n- name: brancz\n  user: {client-certificate: brancz.crt, client-key: x}\n");
    Files.setPosixFilePermissions(old.resolve("brancz.key"), java.util.Set.of());

    Run first = run("import", folder + "/old/clients");
    Run second = run("import", folder + "/old/clients");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("1 certificates taken");
    assertThat(first.err()).contains("notes.pem");
    assertThat(second.out()).contains("0 certificates taken, 1 known already");
    assertThat(run("show", "brancz").out())
        .contains("imported")
        .contains("prod")
        .contains("read-only-users");
    assertThat(run("list").out()).contains("brancz");
  }

  @Test
  void signedRequestsOfAClusterAreTaken() throws IOException {
    issue("jane", "--no-ledger");
    String pem = Files.readString(client("jane").resolve("client.crt"));
    String encoded = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    String object =
        "{\"kind\":\"CertificateSigningRequest\",\"apiVersion\":\"certificates.k8s.io/v1\","
            + "\"status\":{\"certificate\":\""
            + encoded
            + "\"}}";
    Path list =
        Files.writeString(
            folder.resolve("csr.json"),
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":["
                + object
                + ",{\"kind\":\"CertificateSigningRequest\",\"status\":{}}]}");

    assertThat(run("import", list.toString()).out()).contains("1 certificates taken");
    assertThat(
            Run.withInput(object, Map.of("CERTWRIGHT_HOME", home.toString()), "import", "-").out())
        .contains("0 certificates taken, 1 known");
  }

  private String data(String user) throws IOException {
    return Base64.getEncoder()
        .encodeToString(Files.readAllBytes(client(user).resolve("client.crt")));
  }

  @Test
  void damagedUserOrRequestIsToldAndTheOthersAreTaken() throws IOException {
    issue("jane", "--no-ledger");
    issue("joe", "--no-ledger");
    String users =
        "users:\n- name: bad\n  user: {client-certificate-data: aGVsbG8=}\n"
            + "- name: gone\n  user: {client-certificate: absent.crt}\n"
            + "- name: jane\n  user: {client-certificate-data: "
            + data("jane")
            + "}\n";
    Path kubeconfig =
        Files.writeString(folder.resolve("kubeconfig"), "apiVersion: v1\nkind: Config\n" + users);
    String requests =
        "{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"csr-1\"},\"status\":{\"certificate\":"
            + "\"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1BPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=\"}},"
            + "{\"status\":{\"certificate\":\""
            + data("joe")
            + "\"}}]}";
    Path list = Files.writeString(folder.resolve("csr.json"), requests);

    Run fromKubeconfig = run("import", kubeconfig.toString());
    Run fromRequests = run("import", list.toString());

    assertThat(fromKubeconfig.out()).contains("1 certificates taken");
    assertThat(fromKubeconfig.err()).contains("user \"gone\" in " + kubeconfig, "absent.crt");
    assertThat(fromRequests.out()).contains("1 certificates taken");
    assertThat(fromRequests.err()).contains("request \"csr-1\" in " + list);
    assertThat(run("list").out()).contains("jane", "joe");
  }

  @Test
  void pipeThatAKubeconfigNamesIsNotWaitedForAndNamesOfFilesSteerNoTerminal() throws IOException {
    issue("jane", "--no-ledger");
    Path old = Files.createDirectories(folder.resolve("old"));
    Shell.run(old, "mkfifo", "pipe");
    Files.writeString(
        old.resolve("kubeconfig"),
        "apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user: {client-certificate: pipe}\n");
    Files.writeString(old.resolve("\u001b[2Jbad.crt"), "nothing");
    Files.copy(client("jane").resolve("client.crt"), old.resolve("jane.crt"));

    Run run = run("import", old.toString());
    Run named = run("import", old.resolve("\u001b[2Jbad.crt").toString());

    assertThat(run.out()).contains("1 certificates taken");
    assertThat(run.err())
        .contains("pipe is no regular file", "\\u001b[2Jbad.crt")
        .contains("1 file in " + old + " that is no regular file")
        .doesNotContain("\u001b");
    assertThat(named.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(named.err()).contains("\\u001b[2Jbad.crt").doesNotContain("\u001b");
  }

  @Test
  void filesNamedLikeKeysAndKeyStoresAreNotOpened() throws IOException {
    issue("jane", "--no-ledger");
    Path old = Files.createDirectories(folder.resolve("old"));
    Files.copy(client("jane").resolve("client.crt"), old.resolve("jane.crt"));
    for (String name : List.of("jane-key", "jane.key.bak", "key.1", "id_ed25519", "u.p12")) {
      // Whoever opens it takes it for an audit log.
      Files.writeString(old.resolve(name), auditLogOfStranger());
    }

    Run run = run("import", old.toString());

    assertThat(run.out()).contains("1 certificates taken").doesNotContain("events");
    assertThat(run.err()).contains("1 file in " + old + " by the name, such as " + old + "/u.p12");
  }

  private static String auditLogOfStranger() {
    return event(STRANGER, "mallory", "2026-11-24T10:00:00.5Z", "\"10.9.9.9\"");
  }

  @Test
  void certificatesThatLetNobodyInArePassedOver() throws IOException {
    issue("jane", "--no-ledger");
    Path old = Files.createDirectories(folder.resolve("old"));
    Files.copy(client("jane").resolve("client.crt"), old.resolve("jane.crt"));
    signed(old, "node.crt", "/O=system:nodes/CN=system:node:a", "extendedKeyUsage=serverAuth");
    signed(old, "nameless.crt", "/O=devs", "extendedKeyUsage=clientAuth");

    Run run = run("import", old.toString());

    assertThat(run.out()).contains("1 certificates taken");
    assertThat(run.err())
        .contains("2 certificates with which kube-apiserver lets nobody in", "nameless.crt");
    assertThat(run("list", "--all").out()).contains("jane").doesNotContain("system:node");
  }

  private void signed(Path to, String name, String subject, String extension) throws IOException {
    Path request = folder.resolve("request.csr");
    Path extensions = Files.writeString(folder.resolve("extensions"), extension + "\n");
    Shell.run(
        folder,
        "openssl",
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        folder + "/any.key",
        "-subj",
        subject,
        "-out",
        request.toString());
    Shell.run(
        folder,
        "openssl",
        "x509",
        "-req",
        "-in",
        request.toString(),
        "-CA",
        folder + "/pki/ca.crt",
        "-CAkey",
        folder + "/pki/ca.key",
        "-set_serial",
        "9",
        "-days",
        "30",
        "-extfile",
        extensions.toString(),
        "-out",
        to.resolve(name).toString());
  }

  @Test
  void useByManyGroupsIsToldAndHidesNothing() throws IOException {
    String many = "\"g\",".repeat(10_001) + "\"devs\"";
    String other = "X509SHA256=" + "6b".repeat(32);
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            "{\"items\":["
                + auditLogOfStranger().strip().replace("\"devs\"", many)
                + ","
                + event(other, "eve", "2026-11-24T10:00:00.5Z", "\"10.9.9.9\"").strip()
                + "]}\n");

    Run run = run("import", log.toString(), "-o", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(STRANGER, other);
    assertThat(run.err()).contains("the rest of the user names and groups of 1 certificate in");
    assertThat(run("ledger", "verify").exitCode()).isZero();
  }

  @Test
  void logsInAFolderAreFoundByWhatIsInThemAndTheRestIsNamed() throws IOException {
    issue("jane", "devs");
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.writeString(logs.resolve("audit-2026-11-29T00-00-00.000.log"), auditLog());
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(logs.resolve("rotated.1.gz")))) {
      out.write(auditLog().getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(logs.resolve("config-prod"), "apiVersion: v1\nkind: Config\n");
    Files.writeString(logs.resolve("server.key"), "a key");

    Run named = run("import", logs.resolve("rotated.1.gz").toString(), "--dry-run");
    Run run = run("import", logs.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("unknown certificates in use");
    assertThat(named.out()).contains("unknown certificates in use");
    assertThat(run.err())
        .contains("passed over: 1 file in " + logs + " by the name, such as ")
        .contains("config-prod: name those that hold certificates")
        .doesNotContain("server.key");
  }

  @Test
  void auditLogTellsLastUseOfTheKnownAndFindsTheUnknown() throws IOException {
    issue("jane", "devs");
    Path log = Files.writeString(folder.resolve("audit.log"), auditLog());

    Run first = run("import", log.toString(), "--cluster", "prod");
    Run second = run("import", log.toString(), "-o", "json");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("3 events with certificates read, 2 certificates seen anew")
        .contains("unknown certificates in use")
        .contains("mallory")
        .contains("10.9.9.9")
        .doesNotContain("1.2.3.4");
    assertThat(first.err()).contains("1 lines");
    assertThat(second.out())
        .contains("\"certificatesSeen\": 0")
        .contains("\"credentialId\": \"" + STRANGER + "\"");
    assertThat(run("show", "jane").out())
        .contains("2026-11-24T11:00:00Z")
        .contains("10.0.0.7")
        .contains("10.0.0.8");
    assertThat(run("list", "--state", "unknown").out()).contains("mallory").doesNotContain("jane");
  }

  @Test
  void logWhoseFirstLineWasCutIsReadFromTheNextAndThatIsSaid() throws IOException {
    String whole = event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"");
    for (int cut : List.of(20, 200_000)) {
      String first = "x".repeat(cut) + "\"}}}\n";
      Path log = Files.writeString(folder.resolve("rotated-" + cut), first + whole);

      Run named = run("import", log.toString(), "--dry-run");

      assertThat(named.exitCode()).as(named.err()).isZero();
      assertThat(named.out()).contains("unknown certificates in use").contains("mallory");
      assertThat(named.err())
          .contains("1 lines of " + log + " that are no whole audit events, line 1 first");
    }
    Run run = run("import", folder.toString(), "--dry-run", "-o", "json");
    assertThat(run.out()).contains(STRANGER).contains("\"passedOver\": [");
  }

  @Test
  void eventListOfAnAuditWebhookIsReadInALineAndIndented() throws IOException {
    String event = event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"");
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
            + event.strip()
            + "]}\n";
    for (String text :
        List.of(list, list.replace("{", "{\n  ").replace("\":", "\": "), "[" + event + "]")) {
      Path log = Files.writeString(folder.resolve("audit.json"), text);
      Run run = run("import", log.toString(), "--dry-run");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).as(text).contains("1 events").contains("mallory");
    }
  }

  @Test
  void packedLogThatBreaksOffIsReadUpToThereAndThatIsSaid() throws IOException {
    Path log = folder.resolve("audit.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write(
          event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"")
              .getBytes(StandardCharsets.UTF_8));
      java.util.Random random = new java.util.Random(9);
      for (int i = 0; i < 100_000; i++) {
        out.write(("{" + random.nextLong() + "}\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(log);
    for (int length : List.of(bytes.length - 1000, 2000)) {
      Files.write(log, Arrays.copyOf(bytes, length));

      Run run = run("import", log.toString());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("1 events with certificates").contains("mallory");
      assertThat(run.err()).contains("passed over: the rest of " + log + ", which cannot be read");
    }
    Path certificate = folder.resolve("jane.crt.gz");
    issue("jane");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(certificate))) {
      Files.copy(client("jane").resolve("client.crt"), out);
    }
    assertThat(run("import", certificate.toString()).exitCode()).isZero();
    bytes = Files.readAllBytes(certificate);
    Files.write(certificate, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(run("import", certificate.toString()).err()).contains("cannot be read");
  }

  @Test
  void gzippedAuditLogIsReadAndDryRunRecordsNothing() throws IOException {
    issue("jane");
    Path log = folder.resolve("audit.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write(auditLog().getBytes(StandardCharsets.UTF_8));
    }

    Run run = run("import", log.toString(), "--dry-run");

    assertThat(run.out()).contains("2 certificates seen anew").contains("mallory");
    assertThat(run("list", "--state", "unknown").out()).isEqualTo("none\n");
  }

  @Test
  void whatIsNothingIsRefusedWhenItIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "hello: world\n");

    assertThat(run("import", file.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("import", folder + "/absent").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void verifySaysIntactAndAfterTamperingWhere() throws IOException {
    for (String user : List.of("jane", "joe", "ann")) {
      issue(user);
    }
    assertThat(run("ledger", "verify").out()).startsWith("intact: 3 entries");
    Path file = home.resolve("ledger.jsonl");
    Files.writeString(file, Files.readString(file).replace("\"joe\"", "\"moe\""));

    Run run = run("ledger", "verify");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("line 2: entry 2 was changed");
    assertThat(run("ledger", "verify", "-o", "json").out()).contains("\"kind\": \"changed\"");
  }

  @Test
  void placeWithoutALedgerIsToldByVerifyAndList() {
    String absent = folder + "/absent";

    Run verify = run("ledger", "verify", "--ledger", absent);
    Run list = run("list", "--ledger", absent);

    assertThat(verify.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(verify.err()).contains("there is no ledger to verify", absent);
    assertThat(list.exitCode()).isZero();
    assertThat(list.err()).contains("there is no ledger yet", absent);
    assertThat(folder.resolve("absent")).doesNotExist();
  }

  @Test
  void ledgerThatWasCutShortIsToldByWhatItsIndexKnows() throws IOException {
    issue("jane");
    issue("joe");
    run("list");
    Path file = home.resolve("ledger.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.indexOf('\n') + 1));

    Run verify = run("ledger", "verify");
    Run list = run("list");

    assertThat(verify.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(verify.out()).contains("knows entry 2", "its end was cut off");
    assertThat(list.err()).contains("warning: ", "knows entry 2", "index.sqlite.aside-2-");
    assertThat(run("ledger", "verify").exitCode()).isEqualTo(ExitCode.NO);
    Files.delete(file);
    assertThat(run("ledger", "verify").exitCode()).isEqualTo(ExitCode.NO);
    Run issue =
        run(
            "issue",
            "ann",
            "--ca",
            folder + "/pki",
            "--out",
            folder + "/clients",
            "-s",
            "https://x");
    assertThat(issue.exitCode()).isNotZero();
    assertThat(issue.err()).contains("nothing was recorded");
    assertThat(folder.resolve("clients/ann")).doesNotExist();
  }

  @Test
  void verifyFindsAnIndexThatSaysSomethingElseThanTheEntries() throws Exception {
    issue("jane");
    issue("joe");
    run("list");
    try (java.sql.Connection index =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("index.sqlite"));
        java.sql.Statement statement = index.createStatement()) {
      statement.execute("UPDATE certificate SET user_name='moe' WHERE sequence=2");
    }

    Run run = run("ledger", "verify");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("do not say what entry 2 says").contains("remove it");
    assertThat(run("ledger", "verify", "--entries-only").out()).startsWith("intact: 2 entries");
    assertThat(run("ledger", "verify", "-o", "json").out()).contains("\"kind\": \"tables\"");
    Files.delete(home.resolve("index.sqlite"));
    assertThat(run("list").out()).contains("joe");
    assertThat(run("ledger", "verify").exitCode()).isZero();
  }

  @Test
  void signedHeadShowsThatTheEndWasCutOff() throws IOException {
    issue("jane");
    issue("joe");
    Run head = run("ledger", "head", "--sign", "--ca", folder + "/pki", "-o", "json");
    Path kept = Files.writeString(folder.resolve("head.json"), head.out());
    String signer = folder + "/pki/ca.crt";
    assertThat(run("ledger", "verify", "--head", kept.toString(), "--signer", signer).exitCode())
        .isZero();

    Path file = home.resolve("ledger.jsonl");
    String first = Files.readString(file).lines().findFirst().orElseThrow();
    Files.writeString(file, first + "\n");
    Run cut = run("ledger", "verify", "--head", kept.toString(), "--signer", signer);
    assertThat(run("ledger", "verify").exitCode()).isZero();
    assertThat(cut.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(cut.out()).contains("its end was cut off");

    Files.writeString(kept, head.out().replace("\"sequence\": 2", "\"sequence\": 1"));
    Run forged = run("ledger", "verify", "--head", kept.toString(), "--signer", signer);
    assertThat(forged.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(forged.err()).contains("not signed by the CA given, or was changed");
  }

  @Test
  void exportIsRestoredIntoAnEmptyLedgerOnly() throws IOException {
    issue("jane");
    issue("joe");
    Run export = run("ledger", "export");
    Path file = Files.writeString(folder.resolve("export.jsonl"), export.out());

    Run restored = run("ledger", "restore", file.toString(), "--ledger", folder + "/other");

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).startsWith("2 entries restored");
    assertThat(folder.resolve("other/ledger.jsonl")).hasContent(export.out());
    assertThat(run("list", "--ledger", folder + "/other").out()).contains("jane", "joe");
    Run again = run("ledger", "restore", file.toString(), "--ledger", folder + "/other");
    assertThat(again.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    Files.writeString(file, export.out().replace("\"joe\"", "\"moe\""));
    Run changed = run("ledger", "restore", file.toString(), "--ledger", folder + "/third");
    assertThat(changed.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(folder.resolve("third")).doesNotExist();
  }

  @Test
  void exportWhoseEndWasCutOffIsOnlyRestoredWithoutAHeadAndThatIsSaid() throws IOException {
    issue("jane");
    issue("joe");
    Path head =
        Files.writeString(folder.resolve("head.json"), run("ledger", "head", "-o", "json").out());
    String export = run("ledger", "export").out();
    Path whole = Files.writeString(folder.resolve("whole.jsonl"), export);
    Path cut =
        Files.writeString(folder.resolve("cut.jsonl"), export.lines().findFirst().get() + "\n");

    Run refused =
        run(
            "ledger",
            "restore",
            cut.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/a");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(refused.err()).contains("it ends with entry 1, its end was cut off");
    assertThat(folder.resolve("a")).doesNotExist();
    Run unseen = run("ledger", "restore", cut.toString(), "--ledger", folder + "/b");
    assertThat(unseen.exitCode()).isZero();
    assertThat(unseen.err()).contains("missing at the end cannot be seen without --head");
    Run restored =
        run(
            "ledger",
            "restore",
            whole.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/c");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.err()).isEmpty();
    Files.writeString(head, Files.readString(head).replaceAll("\"hash\": \"..", "\"hash\": \"xx"));
    Run rewritten =
        run(
            "ledger",
            "restore",
            whole.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/d");
    assertThat(rewritten.err()).contains("another stands there, it was rewritten");
    assertThat(run("ledger", "verify", "--signer", folder + "/pki/ca.crt").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void reportIsOnePageThatNeedsNothingElseAndEscapesEverything() throws IOException {
    issue("jane", "devs");
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(
                STRANGER, "<script>alert(1)</script>&'\\u202e", "2026-01-24T10:00:00Z", "\"<b>\""));
    run("import", log.toString());

    Run run = run("report");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("<!DOCTYPE html>")
        .contains("<strong>jane</strong>")
        .contains("Unknown certificates in use")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\\u202e")
        .contains("&lt;b&gt;")
        .doesNotContain("<script")
        .doesNotContain("<b>")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("\u202e");
  }

  @Test
  void reportOfAnEmptyLedgerSaysNobody() {
    assertThat(run("report").out()).contains("Nobody.");
  }

  @Test
  void placeInPostgresqlWithAPasswordIsRefused() {
    Run run = run("list", "--ledger", "postgresql://jane:secret@localhost/db");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("~/.pgpass").doesNotContain("secret");
  }
}
