package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --json-lines} in a process of its own, with a heap that holds a few lines. */
final class VerifyLinesTest {
  private static final int LINES = 100_000;

  @TempDir Path folder;

  @Test
  void hundredThousandLinesAreAnsweredInOrderInTheMemoryOfAFew() throws Exception {
    String ca = folder.resolve("pki").toString();
    Run.certwright("ca", "init", "--ca", ca);
    String clients = folder.resolve("clients").toString();
    Run.certwright("issue", "jane", "devs", "--ca", ca, "--out", clients, "-s", "https://x");
    String question =
        ",\"roots\":["
            + json(Path.of(ca, "ca.crt"))
            + "],\"chain\":["
            + json(Path.of(clients, "jane", "client.crt"))
            + "]";

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx24m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.certwright.cli.Main",
                "verify",
                "--json-lines")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread asking = new Thread(() -> ask(process, question), "questions");
    asking.start();
    int accepted = 0;
    try (BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < LINES; i++) {
        String answer = answers.readLine();
        assertThat(answer).startsWith("{\"id\":" + i + ",\"ok\":" + isNow(i) + ",");
        accepted += isNow(i) ? 1 : 0;
      }
      assertThat(answers.readLine()).isNull();
    }
    asking.join();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(accepted).isEqualTo(LINES / 50);
  }

  /** The others ask about a time at which no signature is looked at, and are answered sooner. */
  private static boolean isNow(int line) {
    return line % 50 == 0;
  }

  private static void ask(Process process, String question) {
    try (OutputStream out = process.getOutputStream()) {
      for (int i = 0; i < LINES; i++) {
        String time = isNow(i) ? "" : ",\"time\":\"2099-01-01T00:00:00Z\"";
        out.write(("{\"id\":" + i + question + time + "}\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException ended) {
      process.destroy();
    }
  }

  private static String json(Path pem) throws IOException {
    return "\"" + Files.readString(pem).replace("\n", "\\n") + "\"";
  }
}
