package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of taking back have in common: a CA, a ledger and the words to both. */
abstract class TakingBack {
  /** Of a certificate that an ECDSA key has signed: each is refused under an id of its own. */
  static final int ENCODINGS = 6;

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

  Certificate issue(String user, String out, String... words) {
    List<String> all = new ArrayList<>(List.of("issue", user));
    all.addAll(Arrays.asList(words));
    all.addAll(
        List.of("--ca", folder + "/pki", "--out", folder + "/" + out, "-s", "https://10.0.0.1"));
    assertThat(run(all.toArray(String[]::new)).exitCode()).isZero();
    return AuthorityFiles.readCertificates(folder.resolve(out + "/" + user + "/client.crt")).get(0);
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)
        .read(line -> entries.add(new EntryReader().read(line)));
    return entries;
  }

  void setUp() {
    Run setup =
        run("revocations", "setup", "--authorization-mode=Node,RBAC", "--yes", "--dir=" + folder);
    assertThat(setup.exitCode()).as(setup.err()).isZero();
  }

  String authorization() throws IOException {
    return Files.readString(folder.resolve("authorization.yaml"));
  }

  void record(String user, Duration ago) {
    new FileLedger(
            home,
            "test",
            Clock.fixed(Instant.now().minus(ago), ZoneOffset.UTC),
            FileLedger.PATIENCE)
        .record(
            List.of(
                new Restriction(
                    EntryType.REVOKED, new Target(Target.Kind.USER, user), null, "gone")));
  }

  static String[] add(String[] words, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  /** As the first versions took back: under the one id that people know. */
  void revokeUnderOneId(EntryType type, Certificate certificate) {
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)
        .record(
            List.of(
                new Restriction(
                    type,
                    new Target(Target.Kind.CREDENTIAL, certificate.credentialId().value()),
                    certificate.validity().notAfter().plusSeconds(3600),
                    "early")));
  }

  /** Each waits for a file, which only another command of this test makes. */
  void addRecipients(String... namesAndScripts) throws IOException {
    StringBuilder text = new StringBuilder("    recipients:\n");
    for (int i = 0; i < namesAndScripts.length; i += 2) {
      text.append("    - {name: ").append(namesAndScripts[i]).append(", command: [sh, -c, '");
      text.append(namesAndScripts[i + 1].replace("DIR", folder.toString())).append("']}\n");
    }
    Files.writeString(
        home.resolve("outlets.yaml"), Files.readString(home.resolve("outlets.yaml")) + text);
  }

  Process start(String... words) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.certwright.cli.Main"));
    all.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("CERTWRIGHT_HOME", home.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("started").toFile())
        .start();
  }

  String[] publish(String ledger, String... more) {
    return add(
        new String[] {"revocations", "publish", "--ledger", folder.resolve(ledger).toString()},
        more);
  }

  /** Instead of any other: a revocation list, and more of its fields. */
  void revocationListOutlet(String more) throws IOException {
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("outlets.yaml"),
        "apiVersion: certwright.dev/v1alpha1\nkind: RevocationOutlets\noutlets:\n- name: nginx\n"
            + "  revocationList: {path: ../ca.crl, caCert: ../pki/ca.crt, "
            + more
            + "}\n");
  }
}
