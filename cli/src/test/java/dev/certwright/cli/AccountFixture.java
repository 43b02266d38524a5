package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A CA, a ledger, and what tests of the commands that read it do with them. */
abstract class AccountFixture {
  static final String STRANGER = "X509SHA256=" + "5a".repeat(32);

  @TempDir Path folder;

  Path home;

  @BeforeEach
  void makeAuthority() {
    home = folder.resolve("home");
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
  }

  Run run(String... words) {
    return Run.withInput("", Map.of("CERTWRIGHT_HOME", home.toString()), words);
  }

  void issue(String... words) {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(Arrays.asList(words));
    all.addAll(
        List.of("--ca", folder + "/pki", "--out", folder + "/clients", "-s", "https://10.0.0.1"));
    Run run = run(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  Path client(String user) {
    return folder.resolve("clients/" + user);
  }

  String credentialId(String user) {
    return AuthorityFiles.readCertificates(client(user).resolve("client.crt"))
        .get(0)
        .credentialId()
        .value();
  }

  String data(String user) throws IOException {
    return Base64.getEncoder()
        .encodeToString(Files.readAllBytes(client(user).resolve("client.crt")));
  }

  /** As kube-apiserver writes it, most fields left out. */
  static String event(String credentialId, String user, String time, String addresses) {
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

  String auditLog() {
    return event(credentialId("jane"), "jane", "2026-11-24T09:00:00.000001Z", "\"10.0.0.7\"")
        + "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"user\":{\"username\":\"x\"}}\n"
        + "not an event that mentions \"X509SHA256=\n"
        + event(STRANGER, "mallory", "2026-11-24T10:00:00.5Z", "\"1.2.3.4\",\"10.9.9.9\"")
        + event(credentialId("jane"), "jane", "2026-11-24T11:00:00.000001Z", "\"10.0.0.8\"");
  }

  static String auditLogOfStranger() {
    return event(STRANGER, "mallory", "2026-11-24T10:00:00.5Z", "\"10.9.9.9\"");
  }

  void signed(Path to, String name, String subject, String extension) throws IOException {
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
}
