package dev.certwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the commands that are started most, so that the launcher can record which classes they load
 * and keep those ready for the next process. Leaves nothing behind and prints nothing.
 */
final class ClassArchiveTraining {
  /** Hidden first word, spoken by the launcher only. */
  static final String WORD = "--train-class-archive";

  private ClassArchiveTraining() {}

  /** Works in a folder, which must exist and be empty. */
  static void run(Path folder) {
    try {
      try {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CERTWRIGHT_HOME", folder.resolve("ledger").toString());
        environment.remove("CERTWRIGHT_LEDGER");
        String ca = folder.resolve("ca").toString();
        String clients = folder.resolve("clients").toString();
        run(environment, "ca", "init", "--ca", ca);
        String server = "https://127.0.0.1:6443";
        run(environment, "issue", "jane", "devs", "--ca", ca, "--out", clients, "--server", server);
        run(
            environment,
            "issue",
            "joe",
            "--ca",
            ca,
            "--out",
            clients,
            "--server",
            server,
            "-o",
            "json");
        run(environment, "issue", "system:masters", "--ca", ca, "--out", clients);
        run(environment, "inspect", clients + "/jane/kubeconfig", "--client-ca", ca + "/ca.crt");
        run(environment, "inspect", clients + "/jane/client.crt", "-o", "yaml");
        run(environment, "ca", "show", "--ca", ca);
        run(environment, "issue", "--help");
        Path people = folder.resolve("people.csv");
        Files.writeString(people, "ann,devs,ops,8h\nsue,\"devs,ops\",,p-256\n");
        run(
            environment,
            "issue",
            "--from",
            people.toString(),
            "--ca",
            ca,
            "--out",
            clients,
            "--server",
            server);
        run(environment, "list");
        run(environment, "list", "--group", "devs", "-o", "json");
        run(environment, "show", clients + "/jane/client.crt");
        run(environment, "ledger", "verify");
      } finally {
        deleteTree(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void run(Map<String, String> environment, String... words) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Main.run(
        List.of(words),
        new Console(InputStream.nullInputStream(), nowhere, nowhere, environment, false, false));
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
