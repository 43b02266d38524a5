package dev.certwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        String ca = folder.resolve("ca").toString();
        String clients = folder.resolve("clients").toString();
        run("ca", "init", "--ca", ca);
        String server = "https://127.0.0.1:6443";
        run("issue", "jane", "devs", "--ca", ca, "--out", clients, "--server", server);
        run("issue", "joe", "--ca", ca, "--out", clients, "--server", server, "-o", "json");
        run("issue", "system:masters", "--ca", ca, "--out", clients);
        run("inspect", clients + "/jane/kubeconfig", "--client-ca", ca + "/ca.crt");
        run("inspect", clients + "/jane/client.crt", "-o", "yaml");
        run("ca", "show", "--ca", ca);
        askAbout(folder, clients + "/jane/kubeconfig");
        run("issue", "--help");
        Path people = folder.resolve("people.csv");
        Files.writeString(people, "ann,devs,ops,8h\nsue,\"devs,ops\",,p-256\n");
        run("issue", "--from", people.toString(), "--ca", ca, "--out", clients, "--server", server);
      } finally {
        deleteTree(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void askAbout(Path folder, String kubeconfig) throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: readers, namespace: dev}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
        subjects: [{kind: Group, name: devs}]
        """);
    String file = policy.toString();
    String by = "--as-cert";
    run("can-i", "get", "pods", "-n", "dev", "-f", file, by, kubeconfig, "--explain");
    run("can-i", "list", "pods", "-f", file, "--with-defaults", by, kubeconfig, "--explain");
    run("can-i", "get", "pods", "-f", folder.toString(), "--as", "jane", "-o", "json");
    run("can-i", "--list", "-n", "dev", "-f", file, by, kubeconfig);
  }

  private static void run(String... words) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Main.run(
        List.of(words),
        new Console(
            InputStream.nullInputStream(), nowhere, nowhere, System.getenv(), false, false));
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
