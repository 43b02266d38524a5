package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code certwright import} of certificates, wherever they are kept. */
final class ImportTest extends AccountFixture {
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

  @Test
  void whatIsNothingIsRefusedWhenItIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), "hello: world\n");

    assertThat(run("import", file.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("import", folder + "/absent").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
