package dev.certwright.rbac.generator;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Upstream's code behind a pipe: lines of JSON in, lines of JSON out, in order. */
public final class Oracle implements AutoCloseable {
  private static final YamlReader READER = YamlReader.lenient();
  private static final int SECONDS_TO_END = 10;
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Process process;
  private final BufferedWriter in;
  private final BufferedReader out;
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  /** Starts a program with its arguments. */
  public Oracle(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    // Go collects garbage less often.
    builder.environment().putIfAbsent("GOGC", "400");
    // Some questions are about files, which upstream reads by name.
    if (Files.isWritable(MEMORY)) {
      builder.environment().putIfAbsent("TMPDIR", MEMORY.toString());
    }
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    in =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
    out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
  }

  /** Sends lines and gives their answers, each with its line's place. */
  public List<String> ask(List<String> lines) {
    Future<?> written =
        writer.submit(
            () -> {
              try {
                for (String line : lines) {
                  in.write(line);
                  in.write('\n');
                }
                in.flush();
                return null;
              } catch (Exception | Error e) {
                // Or else whoever reads the answers would wait for ever.
                process.destroy();
                throw e;
              }
            });
    List<String> answers = new ArrayList<>(lines.size());
    try {
      for (int i = 0; i < lines.size(); i++) {
        String answer = out.readLine();
        if (answer == null) {
          written.get();
          throw new IllegalStateException("the oracle ended");
        }
        answers.add(answer);
      }
      written.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return answers;
  }

  /**
   * An answer taken apart.
   *
   * @throws AssertionError if upstream panicked, which is no answer
   */
  public static YamlMapping parse(String answer) {
    YamlMapping parsed =
        (YamlMapping) READER.readJson("oracle", answer.getBytes(StandardCharsets.UTF_8));
    if (parsed.get("panic") != null) {
      throw new AssertionError("upstream panicked: " + answer);
    }
    return parsed;
  }

  /** Lets the program end by itself, which then removes what it made; for a while. */
  @Override
  public void close() {
    writer.shutdownNow();
    try {
      // What is still being written is not read any more, or else it would be done.
      if (writer.awaitTermination(1, TimeUnit.SECONDS)) {
        closeInput();
      }
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private void closeInput() {
    try {
      in.close();
    } catch (IOException ended) {
      // Then it reads nothing more, as it should.
    }
  }
}
