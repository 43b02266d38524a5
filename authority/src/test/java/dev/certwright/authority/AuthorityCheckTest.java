package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthorityCheckTest {
  @TempDir Path folder;

  private Certificate made(String more) {
    OpenSsl.run(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -out c -subj /CN=ca"
            + " -days 365"
            + (more.isEmpty() ? "" : " " + more));
    return read("c");
  }

  private Certificate read(String name) {
    try {
      return Certificate.of(
          PemReader.read(Files.readAllBytes(folder.resolve(name))).get(0).bytes());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void ordinaryRootHasNothingAgainstIt() {
    assertThat(
            AuthorityCheck.of(
                made("-addext keyUsage=critical,keyCertSign,cRLSign"), List.of(), Instant.now()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-addext basicConstraints=critical,CA:FALSE | ca-not-a-ca",
        "-addext keyUsage=critical,digitalSignature | ca-key-usage",
        "-addext extendedKeyUsage=serverAuth | ca-extended-key-usage",
        "-addext 1.2.3.4=critical,ASN1:NULL | ca-critical",
      })
  void whatKubeApiserverWouldRefuseIsForbidden(String more, String rule) {
    assertThat(AuthorityCheck.of(made(more), List.of(), Instant.now()))
        .filteredOn(finding -> finding.severity() == Severity.FORBIDDEN)
        .extracting(Finding::rule)
        .containsExactly(rule);
  }

  @Test
  void datesAreCheckedAtBothEnds() {
    Certificate ca = made("");
    Instant now = Instant.now();

    assertThat(AuthorityCheck.of(ca, List.of(), now.plus(Duration.ofDays(366))))
        .extracting(Finding::rule)
        .contains("ca-expired");
    assertThat(AuthorityCheck.of(ca, List.of(), now.minus(Duration.ofDays(1))))
        .extracting(Finding::rule)
        .contains("ca-not-yet-valid");
    assertThat(AuthorityCheck.of(ca, List.of(), now.plus(Duration.ofDays(300))))
        .extracting(Finding::rule)
        .containsExactly("ca-expires-soon");
  }

  @Test
  void pathLengthOfAHigherAuthorityIsExhaustedGV15() throws IOException {
    OpenSsl.run(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -keyout rootk -out root -subj /CN=root -addext"
            + " basicConstraints=critical,CA:TRUE,pathlen:0");
    Files.writeString(folder.resolve("ext"), "basicConstraints=critical,CA:TRUE\n");
    OpenSsl.run(
        folder,
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -subj /CN=m -out r");
    OpenSsl.run(folder, "x509 -req -in r -CA root -CAkey rootk -extfile ext -days 300 -out middle");

    assertThat(AuthorityCheck.of(read("middle"), List.of(read("root")), Instant.now()))
        .extracting(Finding::rule)
        .contains("ca-path-length");
  }
}
