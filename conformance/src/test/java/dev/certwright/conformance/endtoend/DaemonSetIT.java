package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlValue;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The DaemonSet of {@code deploy/revocations.yaml} on a control-plane node: its objects in a real
 * API server, its pod's command run as the manifest says, its Secret carried as a kubelet does.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DaemonSetIT {
  private static final String REVOKED = "this client certificate has been revoked";
  private static final Path MANIFEST = Places.root().resolve("deploy/revocations.yaml");
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 200_000_000;

  private final Path folder = Places.newFolder("daemon-set");
  private final Path node = Files.createDirectories(folder.resolve("node"));
  private final Path authorization = node.resolve("authorization.yaml");
  private final Path published = Files.createDirectories(folder.resolve("published"));
  private final Path canary = Files.createDirectories(folder.resolve("canary"));
  private final Path podHome = Files.createDirectories(folder.resolve("pod-home"));
  private final Path podTmp = Files.createDirectories(folder.resolve("pod-tmp"));
  private final Path token = Files.createDirectories(folder.resolve("token"));
  private final Path home = Files.createDirectories(folder.resolve("home"));
  private final ControlPlane controlPlane;
  private final ApiServer server;
  private final Pod pod;
  private int carried;
  private @Nullable Process running;
  private BufferedReader lines = new BufferedReader(Reader.nullReader());

  DaemonSetIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    Certwright.in(folder).run("ca", "init").expectSuccess();
    // On the node, once, by its root, whose own ledger is empty.
    Certwright.in(folder)
        .with("CERTWRIGHT_HOME", folder.resolve("root"))
        .run("revocations", "setup", "--yes", "--authorization-mode=Node,RBAC", "--dir=" + node)
        .expectSuccess();
    server =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .flag("--authorization-config", authorization)
            .withAuthorityIn(folder.resolve("pki"))
            .start();
    pod =
        Pod.of(MANIFEST, "DaemonSet")
            .withVolume("authorization", node)
            .withVolume("published", published)
            .withVolume("canary", canary)
            .withVolume("home", emptyDir(podHome))
            .withVolume("tmp", emptyDir(podTmp))
            .withMount("/var/run/secrets/kubernetes.io/serviceaccount", token);
    server.kubectl("create", "namespace", "certwright").expectSuccess();
    server.kubectl("apply", "-f", MANIFEST.toString()).expectSuccess();
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "admins",
            "--clusterrole=cluster-admin",
            "--group=admins")
        .expectSuccess();
    mountSettings();
    mountToken();
    Files.writeString(
        home.resolve("base.yaml"),
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers:
        - type: RBAC
          name: rbac
        """);
    Files.writeString(home.resolve("outlets.yaml"), outletOfTheReadme());
    central("revocations", "canary", "--ca", folder.resolve("pki").toString()).expect(0);
    Files.copy(home.resolve("canary.kubeconfig"), canary.resolve("canary.kubeconfig"));
    for (String out : List.of("first", "second", "third")) {
      central(
              "issue",
              "brancz",
              "admins",
              "--server",
              server.url(),
              "--out",
              folder.resolve(out).toString())
          .expectSuccess();
    }
  }

  /** As the kubelet makes one: anybody may write in it. */
  private static Path emptyDir(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** As deploy/README.md has it. */
  private static String outletOfTheReadme() throws IOException {
    String readme = Files.readString(Places.root().resolve("deploy/README.md"));
    int begin = readme.indexOf("   - name: secret\n");
    String outlet = readme.substring(begin, readme.indexOf("   ```", begin));
    return "apiVersion: certwright.dev/v1alpha1\nkind: RevocationOutlets\noutlets:\n"
        + outlet.replaceAll("(?m)^ {3}", "");
  }

  private void mountSettings() throws IOException {
    Map<String, String> paths = pod.subPaths("settings");
    assertThat(paths).containsOnlyKeys("outlets.yaml", "kubeconfig");
    for (YamlValue object : YamlReader.strict().readAll(MANIFEST)) {
      if (object instanceof YamlMapping mapping && Pod.text(mapping, "kind").equals("ConfigMap")) {
        for (Map.Entry<String, String> one : paths.entrySet()) {
          String content = Pod.text(Pod.mapping(mapping, "data"), one.getKey());
          // The API server of this node listens on another port here.
          Files.writeString(
              pod.path(one.getValue()),
              pod.here(content).replace("https://127.0.0.1:6443", server.url()));
        }
      }
    }
  }

  private void mountToken() throws IOException {
    Files.copy(server.pki().authorityFile(), token.resolve("ca.crt"));
    Files.writeString(
        token.resolve("token"),
        server
            .kubectl("create", "token", "certwright-revocations", "--namespace=certwright")
            .expectSuccess()
            .strip());
  }

  /** Brings the Secret to the node, whole, as a kubelet does. */
  private void carry() throws IOException {
    byte[] list =
        Base64.getDecoder()
            .decode(
                server
                    .kubectl(
                        "get",
                        "secret",
                        "revocations",
                        "--namespace=certwright",
                        "-o",
                        "jsonpath={.data.authorization\\.yaml}")
                    .expectSuccess());
    mount(list);
  }

  private void mount(byte[] list) throws IOException {
    Path data = Files.createDirectory(published.resolve("..data-" + ++carried));
    Files.write(data.resolve("authorization.yaml"), list);
    Path link = published.resolve("..data_tmp");
    Files.createSymbolicLink(link, data.getFileName());
    Files.move(link, published.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path visible = published.resolve("authorization.yaml");
    if (!Files.isSymbolicLink(visible)) {
      Files.createSymbolicLink(visible, Path.of("..data/authorization.yaml"));
    }
  }

  /** Where the ledger is, far from the node. */
  private Outcome central(String... words) {
    return program().with("CERTWRIGHT_HOME", home).run(words);
  }

  private Program program() {
    return Certwright.in(folder)
        .with("KUBECONFIG", server.administratorKubeconfig())
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"));
  }

  private void startPod(List<String> without, Map<String, String> more) throws IOException {
    Map<String, String> all = new HashMap<>(more);
    all.put("PATH", controlPlane.programs() + ":" + System.getenv("PATH"));
    Process process = pod.start(folder, without, all);
    running = process;
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopPod() throws InterruptedException {
    Process process = running;
    running = null;
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor()).isZero();
      assertThat(podTmp).isEmptyDirectory();
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void awaitLine(String text) {
    BufferedReader from = lines;
    FutureTask<@Nullable String> found =
        new FutureTask<>(
            () -> {
              String line = from.readLine();
              while (line != null && !line.contains(text)) {
                line = from.readLine();
              }
              return line;
            });
    Thread reader = new Thread(found);
    reader.setDaemon(true);
    reader.start();
    assertThat(found).as(text).succeedsWithin(LIMIT_NANOS, TimeUnit.NANOSECONDS).isNotNull();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean isReady() {
    List<String> probe = pod.readinessProbe();
    return Program.of(folder, probe.toArray(String[]::new)).run().exitCode() == 0;
  }

  private Outcome get(String out) {
    return server
        .kubectlAs(folder.resolve(out).resolve("brancz/kubeconfig"))
        .run("get", "namespaces", "-o", "name");
  }

  @Test
  @Order(1)
  void what_is_published_into_the_secret_is_in_force_on_the_node_and_the_pod_says_so()
      throws IOException {
    central("revoke", "first/brancz/kubeconfig", "--yes").expect(0);
    get("first").expectSuccess();
    startPod(List.of(), Map.of());

    carry();

    awaitLine("control-plane: written to " + authorization + ", 7 refused");
    awaitLine("control-plane: this-node: in force");
    await(this::isReady);
    assertThat(get("first").expect(1).err()).contains(REVOKED);
    get("second").expectSuccess();
    assertThat(Files.readString(authorization)).contains("type: Node").contains("type: RBAC");
  }

  @Test
  @Order(2)
  void nothing_is_written_that_is_not_what_certwright_publishes() throws IOException {
    startPod(List.of(), Map.of());
    awaitLine("control-plane: already in " + authorization);
    await(this::isReady);
    byte[] before = Files.readAllBytes(authorization);
    String good = Files.readString(published.resolve("authorization.yaml"));

    for (String bad :
        List.of(
            good.replace("' in request.extra &&", "' in request.extra ||"),
            good.replace("X509SHA256=", "X509SHA1="),
            good.substring(0, good.length() / 2),
            "")) {
      mount(bad.getBytes(StandardCharsets.UTF_8));
      await(() -> !isReady());
      assertThat(Files.readAllBytes(authorization)).isEqualTo(before);
      mount(good.getBytes(StandardCharsets.UTF_8));
      await(this::isReady);
    }
  }

  @Test
  @Order(3)
  void authorizers_that_allow_are_not_taken_from_the_secret() throws IOException {
    startPod(List.of(), Map.of());
    String good = Files.readString(published.resolve("authorization.yaml"));
    String more = "X509SHA256=" + "0".repeat(64);
    String allowing =
        good.replace("RBAC", "AlwaysAllow")
            .replace("name: rbac", "name: alwaysallow")
            .replaceFirst(
                "(name: revoked-client-certificates[\\s\\S]*?in \\[\n)( +)'",
                "$1$2'" + more + "',\n$2'");

    mount(allowing.getBytes(StandardCharsets.UTF_8));

    awaitLine("control-plane: written to " + authorization + ", 8 refused");
    await(this::isReady);
    assertThat(Files.readString(authorization)).contains(more).doesNotContain("AlwaysAllow");
    mount(good.getBytes(StandardCharsets.UTF_8));
    awaitLine("control-plane: written to " + authorization + ", 7 refused");
    assertThat(get("first").expect(1).err()).contains(REVOKED);
  }

  @Test
  @Order(4)
  void from_postgresql_it_is_in_force_without_anything_being_carried() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      String url = "postgresql://postgres@localhost:" + database.getPort() + "/postgres";
      Files.writeString(
          folder.resolve("export.jsonl"), central("ledger", "export").expectSuccess());
      program()
          .run("ledger", "restore", folder.resolve("export.jsonl").toString(), "--ledger", url)
          .expectSuccess();
      startPod(List.of("--published="), Map.of("CERTWRIGHT_LEDGER", url));
      awaitLine("control-plane: already in " + authorization);
      await(this::isReady);

      program()
          .run(
              "revoke",
              folder.resolve("second/brancz/kubeconfig").toString(),
              "--yes",
              "--ledger",
              url,
              "--outlets",
              folder.resolve("none.yaml").toString())
          .expect(1);

      awaitLine("control-plane: written to " + authorization + ", 13 refused");
      await(this::isReady);
      assertThat(get("second").expect(1).err()).contains(REVOKED);
      get("third").expectSuccess();
    }
  }
}
