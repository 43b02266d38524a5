package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that make one choice together, given in more than one place. */
final class PrecedenceTest {
  @TempDir Path home;
  private int runs;

  @BeforeEach
  void makeAuthorities() {
    for (String name : new String[] {"typed", "variable", "file"}) {
      Run made =
          Run.certwright("ca", "init", "--ca", home.resolve(name).toString(), "--name", name);
      assertThat(made.exitCode()).isZero();
    }
  }

  private void settings(String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/certwright"));
    Path file = Files.writeString(folder.resolve("certwright.yaml"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Run run(String environment, String... words) {
    Map<String, String> all = new HashMap<>(Map.of("HOME", home.toString()));
    for (String variable : environment.split(" ", -1)) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        all.put(
            "CERTWRIGHT_" + variable.substring(0, equals), inHome(variable.substring(equals + 1)));
      }
    }
    return Run.withInput("", all, Stream.of(words).map(this::inHome).toArray(String[]::new));
  }

  private String inHome(String word) {
    return word.replace("HOME", home.toString());
  }

  /** Issues somebody new; the certificate. */
  private Certificate issued(String environment, String... words) {
    String user = "jane" + runs++;
    Run run =
        run(
            environment,
            Stream.concat(
                    Stream.of("issue", user, "devs", "--out", "HOME/clients"), Stream.of(words))
                .toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return AuthorityFiles.readCertificates(
            home.resolve("clients").resolve(user).resolve("client.crt"))
        .get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // typed | environment | settings file | who signs
        "--ca HOME/typed | CA_CERT=HOME/variable/ca.crt CA_KEY=HOME/variable/ca.key | - | typed",
        "--ca HOME/typed | CA_CERT=HOME/variable/ca.crt | - | typed",
        "--ca HOME/typed | CA_KEY=HOME/variable/ca.key | ca-cert: ~/file/ca.crt | typed",
        "--ca HOME/typed | - | 'ca-cert: ~/file/ca.crt, ca-key: ~/file/ca.key' | typed",
        "--ca-cert HOME/typed/ca.crt --ca-key HOME/typed/ca.key | CA=HOME/variable | ca: ~/file | typed",
        "- | CA=HOME/variable | 'ca-cert: ~/file/ca.crt, ca-key: ~/file/ca.key' | variable",
        "- | CA_CERT=HOME/variable/ca.crt CA_KEY=HOME/variable/ca.key | ca: ~/file | variable",
        "- | - | 'ca-cert: ~/file/ca.crt, ca-key: ~/file/ca.key' | file",
      })
  void firstPlaceThatNamesAnAuthorityDecidesWhoSigns(
      String typed, String environment, String file, String signer) throws IOException {
    settings(file == null ? "" : "{" + file + "}");
    String variables = environment == null ? "" : environment;
    String[] words = typed == null ? new String[0] : typed.split(" ", -1);

    assertThat(issued(variables, words).issuer()).hasToString("CN=" + signer);
    assertThat(
            run(
                    variables,
                    Stream.concat(Stream.of("ca", "show"), Stream.of(words)).toArray(String[]::new))
                .out())
        .contains("CN=" + signer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "--ca HOME/typed --ca-cert HOME/typed/ca.crt | - | - | two CAs are named, by --ca and by --ca-cert",
        "--ca HOME/typed --ca-cert HOME/typed/ca.crt --ca-key HOME/typed/ca.key | - | - | two CAs are named",
        "--ca-cert HOME/typed/ca.crt | CA_KEY=HOME/typed/ca.key | - | go together, found --ca-cert alone",
        "- | CA_CERT=HOME/variable/ca.crt | ca: ~/file | go together, found CERTWRIGHT_CA_CERT alone",
        "- | CA=HOME/variable CA_KEY=HOME/variable/ca.key | - | by CERTWRIGHT_CA and by CERTWRIGHT_CA_KEY",
        "- | - | 'ca: ~/file, ca-key: ~/file/ca.key' | certwright.yaml:1: ca and by",
      })
  void twoAuthoritiesOrHalfAnAuthorityInOnePlaceAreRefused(
      String typed, String environment, String file, String error) throws IOException {
    settings(file == null ? "" : "{" + file + "}");
    String[] words = typed == null ? new String[0] : typed.split(" ", -1);

    Run run =
        run(
            environment == null ? "" : environment,
            Stream.concat(Stream.of("issue", "jane", "--out", "HOME/clients"), Stream.of(words))
                .toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(error).contains("hint: give");
    assertThat(home.resolve("clients")).doesNotExist();
  }

  @Test
  void formOfTheScriptGivesWayOnlyToWhatIsTyped() throws IOException {
    settings("{ca: ~/file, ttl: 12h}");
    String typeOfRsa = "\"keyType\": \"rsa-4096\"";
    String[] script = {"issue", "joe", "devs", "--like-the-script", "--dry-run", "-o", "json"};
    String[] typed =
        Stream.concat(Stream.of(script), Stream.of("--ttl", "8h", "--key-type", "p-384"))
            .toArray(String[]::new);

    Run byVariables = run("TTL=12h KEY_TYPE=p-256", script);
    assertThat(byVariables.out()).contains(typeOfRsa).contains("\"notAfter\": \"" + inDays(365));
    assertThat(run("", script).out())
        .contains(typeOfRsa)
        .contains("\"notAfter\": \"" + inDays(365));
    assertThat(run("TTL=400d KEY_TYPE=rsa-2048", typed).out())
        .contains("\"keyType\": \"p-384\"")
        .doesNotContain(inDays(400))
        .doesNotContain(inDays(365));
  }

  private static String inDays(int days) {
    return java.time.Instant.now()
        .plus(java.time.Duration.ofDays(days))
        .toString()
        .substring(0, 10);
  }

  @Test
  void whatIsSaidOfOneServerIsNotTakenForAnother() throws IOException {
    settings(
        "{server: 'https://prod:6443', cluster-name: prod, cluster-ca: ~/file/ca.crt,"
            + " tls-server-name: prod.example, ca: ~/typed}");
    String[] words = {"issue", "joe", "--out", "HOME/clients", "--server", "https://staging:6443"};

    Run other = run("", words);

    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(other.err())
        .contains("certwright.yaml:1: cluster-name is not taken")
        .contains("it is of another server than the one that --server names")
        .contains("hint: say --cluster-ca too")
        .contains("tls-server-name is not taken");
    assertThat(home.resolve("clients/joe/kubeconfig"))
        .content()
        .contains("https://staging:6443")
        .doesNotContain("prod")
        .doesNotContain("tls-server-name");
    Run inspected =
        run("", "inspect", "HOME/clients/joe/kubeconfig", "--client-ca", "HOME/typed/ca.crt");
    assertThat(inspected.exitCode()).as(inspected.out()).isZero();
  }

  @Test
  void whatIsSaidOfTheServerThatCountsOrOfNoneIsTaken() throws IOException {
    settings("{server: 'https://prod:6443', cluster-name: prod, ca: ~/typed}");
    for (String server : new String[] {"https://prod:6443", ""}) {
      String[] words = {"issue", "joe", "--dry-run", "-o", "json", "-s", server};
      Run same = run("", server.isEmpty() ? java.util.Arrays.copyOf(words, 5) : words);
      assertThat(same.err()).isEmpty();
      assertThat(same.out()).contains("\"cluster\": \"prod\"");
    }
    settings("{cluster-name: prod, ca: ~/typed}");
    Run only = run("SERVER=https://any:6443", "issue", "joe", "--dry-run", "-o", "json");
    assertThat(only.err()).isEmpty();
    assertThat(only.out()).contains("\"cluster\": \"prod\"");
  }

  @Test
  void ledgerOfTheSettingsGivesWayToNoLedgerAndATypedOneContradictsIt() throws IOException {
    settings("{ca: ~/typed, ledger: ~/account}");

    Run without = run("", "issue", "joe", "--out", "HOME/clients", "--no-ledger");
    Run both =
        run("", "issue", "jim", "--out", "HOME/clients", "--no-ledger", "--ledger", "HOME/x");

    assertThat(without.exitCode()).as(without.err()).isZero();
    assertThat(home.resolve("account")).doesNotExist();
    assertThat(both.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("--no-ledger says that there is none");
    assertThat(home.resolve("clients/jim")).doesNotExist();
  }
}
