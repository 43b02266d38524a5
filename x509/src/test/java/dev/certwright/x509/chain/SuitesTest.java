package dev.certwright.x509.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.key.NativeSignatureVerifier;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.key.SignatureVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Chains that others collected, with the verdicts of kube-apiserver's own code on each. Runs in the
 * profile {@code suites}, with {@code -Dsuites=FOLDER}.
 */
@Tag("suites")
final class SuitesTest {

  @ParameterizedTest
  @CsvSource({
    "limbo, 416, portable",
    "limbo, 416, native",
    "boringssl, 550, portable",
    "boringssl, 550, native",
    "boringssl-parse, 116, portable",
    "bettertls-pathbuilding, 81, portable",
    "bettertls-pathbuilding, 81, native",
    "bettertls-nameconstraints, 9491, portable"
  })
  void everyVerdictIsUpstreams(String suite, int cases, String arithmetic) throws IOException {
    SignatureVerifier signatures =
        arithmetic.equals("native")
            ? NativeSignatureVerifier.orPortable()
            : new PortableSignatureVerifier();
    ChainJudge judge = new ChainJudge(signatures);
    List<String> disagreements = new ArrayList<>();
    int seen = 0;
    Path suites = Suites.folder().resolve("x509-suites");
    try (BufferedReader questions = open(suites.resolve(suite + ".jsonl.gz"));
        BufferedReader answers = open(suites.resolve(suite + "-expected.jsonl.gz"))) {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        ChainAnswer expected = ChainAnswer.parse(answers.readLine());
        ChainAnswer found = judge.answer(ChainQuestion.parse(line));
        assertThat(found.id()).isEqualTo(expected.id());
        if (!found.agreesWith(expected)) {
          disagreements.add(
              (found.isLaxerThan(expected) ? "LAXER " : "") + found + "\n  upstream: " + expected);
        }
        seen++;
      }
    }

    assertThat(disagreements).isEmpty();
    assertThat(seen).isEqualTo(cases);
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }
}
