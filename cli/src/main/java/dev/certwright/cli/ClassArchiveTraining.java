package dev.certwright.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the commands that are started most, so that the launcher can record which classes they load
 * and keep those ready for the next process. Leaves nothing behind and prints nothing.
 */
final class ClassArchiveTraining {
  /** Hidden first word, spoken by the launcher only. */
  static final String WORD = "--train-class-archive";

  private static final String POLICY =
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
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  private ClassArchiveTraining(Path folder) throws IOException {
    this.folder = folder;
    environment.keySet().removeIf(name -> name.startsWith("CERTWRIGHT_"));
    environment.put("CERTWRIGHT_HOME", folder.resolve("ledger").toString());
    Path settings = folder.resolve("certwright.yaml");
    Files.writeString(settings, "ttl: 24h\n");
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
    environment.put("CERTWRIGHT_CONFIG", settings.toString());
  }

  /**
   * Works in a folder, which must exist and be empty, and empties it.
   *
   * @param serving for the commands that run a server, which have an archive of their own: most
   *     people never start one, and need not wait for it to be prepared
   * @return whether it was empty; nothing is done in one that is not
   */
  static boolean run(Path folder, boolean serving) {
    try {
      if (!isEmpty(folder)) {
        return false;
      }
      try {
        ClassArchiveTraining training = new ClassArchiveTraining(folder);
        if (serving) {
          training.serve();
        } else {
          training.run();
        }
      } finally {
        deleteTree(folder);
      }
      return true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void run() throws IOException {
    String ca = folder.resolve("ca").toString();
    String bundle = ca + "/ca.crt";
    String clients = folder.resolve("clients").toString();
    String kubeconfig = clients + "/jane/kubeconfig";
    String certificate = clients + "/jane/client.crt";
    String server = "https://127.0.0.1:6443";
    run("ca", "init", "--ca", ca);
    run("issue", "jane", "devs", "--ca", ca, "--out", clients, "--server", server);
    run("issue", "joe", "--ca", ca, "--out", clients, "--server", server, "-o", "json");
    run("issue", "system:masters", "--ca", ca, "--out", clients);
    run("inspect", kubeconfig, "--client-ca", bundle);
    run("inspect", certificate, "-o", "yaml");
    run("verify", kubeconfig, "--client-ca", bundle);
    run("verify", certificate, "--client-ca", bundle, "-o", "json");
    run("ca", "show", "--ca", ca);
    run("issue", "--help");
    askAbout(kubeconfig);
    Path people = folder.resolve("people.csv");
    Files.writeString(people, "ann,devs,ops,8h\nsue,\"devs,ops\",,p-256\n");
    String list = people.toString();
    run("issue", "--from", list, "--ca", ca, "--out", clients, "--server", server);
    // Also as where there is no native provider.
    System.setProperty("certwright.native", "off");
    run("issue", "--from", list, "--ca", ca, "--out", clients, "--server", server, "--force");
    System.clearProperty("certwright.native");
    run("list");
    run("list", "--group", "devs", "-o", "json");
    run("list", "--state", "valid", "--unused", "7d", "-o", "yaml");
    run("list", "--all", "-o", "csv");
    run("show", certificate);
  }

  // On a free port of loopback; it ends itself as soon as it is ready and has been asked once.
  // Where
  // nobody may listen there is no server to prepare for.
  private void serve() throws IOException {
    String ca = folder.resolve("ca").toString();
    String clients = folder.resolve("clients").toString();
    run("ca", "init", "--ca", ca);
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, POLICY);
    OutputStream ready =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            String said = toString(StandardCharsets.UTF_8);
            int url = said.indexOf("https://");
            if (url >= 0) {
              reset();
              ask(ca, clients, said.substring(url).strip());
              Thread.currentThread().interrupt();
            }
          }
        };
    run(
        new PrintStream(ready, false, StandardCharsets.UTF_8),
        "serve",
        "--ca",
        ca,
        "--secure-port",
        "0",
        "-f",
        policy.toString());
    Thread.interrupted();
  }

  private void ask(String ca, String clients, String server) {
    run("issue", "kim", "devs", "--ca", ca, "--out", clients, "--server", server);
    run("can-i", "get", "pods", "-n", "dev", "--kubeconfig", clients + "/kim/kubeconfig");
  }

  private void askAbout(String kubeconfig) throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, POLICY);
    String file = policy.toString();
    String by = "--as-cert";
    run("can-i", "get", "pods", "-n", "dev", "-f", file, by, kubeconfig, "--explain");
    run("can-i", "list", "pods", "-f", file, "--with-defaults", by, kubeconfig, "--explain");
    run("can-i", "get", "pods", "-f", folder.toString(), "--as", "jane", "-o", "json");
    run("can-i", "--list", "-n", "dev", "-f", file, by, kubeconfig);
  }

  private void run(String... words) {
    run(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8), words);
  }

  private void run(PrintStream out, String... words) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    Main.run(
        Arrays.asList(words),
        new Console(InputStream.nullInputStream(), out, nowhere, environment, false, false));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
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
