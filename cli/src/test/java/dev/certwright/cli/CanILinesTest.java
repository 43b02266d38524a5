package dev.certwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many questions, one a line. */
final class CanILinesTest {
  @TempDir Path folder;
  private PolicyFile policy;

  @BeforeEach
  void write() throws IOException {
    policy = PolicyFile.in(folder);
  }

  @Test
  void linesAreAnsweredInOrderWithNothingAdded() {
    Run run =
        Run.withInput(
            """
            {"id":1,"user":"jane","groups":["devs"],"verb":"get","namespace":"dev","resource":"pods"}
            {"id":"two","user":"jane","verb":"get","namespace":"dev","resource":"pods"}
            {"id":3,"user":"ann","verb":"get","path":"/logs/x"}
            """,
            Map.of(),
            "can-i",
            "-f",
            policy.path(),
            "--json-lines");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("{\"id\":1,\"decision\":\"allow\""),
            two -> assertThat(two).startsWith("{\"id\":\"two\",\"decision\":\"noOpinion\""),
            three -> assertThat(three).startsWith("{\"id\":3,\"decision\":\"allow\""));
    Run bad =
        Run.withInput("{\"user\":1}\n", Map.of(), "can-i", "-f", policy.path(), "--json-lines");
    assertThat(bad.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bad.out()).contains("\"error\"");
  }

  @Test
  void linesWithoutEndEndWhenNobodyTakesTheAnswers() {
    byte[] line = "{\"user\":\"ann\",\"verb\":\"get\",\"path\":\"/x\"}\n".getBytes(UTF_8);
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            at = (at + 1) % line.length;
            return line[(at + line.length - 1) % line.length];
          }

          @Override
          public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
              into[from + i] = (byte) read();
            }
            return length;
          }
        };
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("closed");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            endless,
            new PrintStream(closed, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            Map.of(),
            false,
            false);

    int exitCode = Main.run(List.of("can-i", "--json-lines", "-f", policy.path()), console);

    assertThat(exitCode).isEqualTo(ExitCode.OUTSIDE);
    assertThat(err.toString(UTF_8)).contains("standard output is closed");
  }
}
