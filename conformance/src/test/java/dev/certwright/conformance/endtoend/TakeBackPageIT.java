package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The page "Take a certificate back" of the README on a real kube-apiserver, as a new administrator
 * goes through it: each line as it stands there, typed on a terminal, questions answered with yes.
 * Only where the control-plane node has its files is another place here, which the launcher on the
 * path adds; and the id from an audit log is a real one.
 */
@ExtendWith(ControlPlaneExtension.class)
class TakeBackPageIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String SAMPLE_ID = "X509SHA256=fd0e\u2026";
  private static final String REVOKED = "this client certificate has been revoked";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path folder = Places.newFolder("page");
  private final Path manifest;
  private final Path administrator = folder.resolve("admin.conf");
  private final ControlPlane controlPlane;

  TakeBackPageIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    manifest = Files.createDirectory(folder.resolve("manifests")).resolve("kube-apiserver.yaml");
    Path launcher = Files.createDirectory(folder.resolve("bin")).resolve("certwright");
    Files.writeString(
        launcher,
        """
        #!/bin/bash
        places=()
        if [[ "$1 $2" == "revocations setup" ]]; then
          places=(--manifest=%s --dir=%s/made --kubeconfig=%s --ca=%s/pki)
        fi
        exec %s "$@" "${places[@]}"
        """
            .formatted(
                manifest,
                folder,
                administrator,
                folder,
                Places.root().resolve("cli/target/dist/certwright")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  /** The lines of the page's first two blocks, which prepare a cluster and take back. */
  private static List<String> lines() throws IOException {
    String readme = Files.readString(Places.root().resolve("README.md"));
    int begin = readme.indexOf("\n## Take a certificate back\n");
    assertThat(begin).isPositive();
    Matcher block = BLOCK.matcher(readme);
    List<String> lines = new ArrayList<>();
    for (int i = 0, from = begin; i < 2; i++, from = block.end()) {
      assertThat(block.find(from)).isTrue();
      lines.addAll(block.group(1).lines().toList());
    }
    return lines;
  }

  private Outcome type(String line) {
    Outcome outcome =
        Certwright.environmentOf(
                Program.of(folder, "script", "--quiet", "--return", "--command", line, "/dev/null"),
                folder)
            .with("PATH", folder + "/bin:" + controlPlane.programs() + ":" + System.getenv("PATH"))
            .runWith("y\n");
    System.err.println("$ " + line.replaceAll(" +#.*", "") + "  -> " + outcome.exitCode());
    return outcome;
  }

  private void issue(ApiServer server, String out, String... more) {
    List<String> words = new ArrayList<>(List.of("issue", "jane", "admins", "--out=" + out));
    words.add("--server=" + server.url());
    words.addAll(List.of(more));
    Certwright.in(folder).run(words.toArray(String[]::new)).expectSuccess();
  }

  private Outcome get(ApiServer server, String out) {
    return server
        .kubectlAs(folder.resolve(out + "/jane/kubeconfig"))
        .withArguments("--server=" + server.url())
        .run("get", "namespaces", "-o", "name");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void become(ApiServer server) throws IOException {
    Path made = Files.copy(server.administratorKubeconfig(), Path.of(administrator + ".new"));
    Files.move(
        made, administrator, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean has(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Test
  void every_line_of_the_page_does_what_it_says() throws Exception {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    String objects = "/take-back-" + folder.getFileName();
    ApiServer before =
        controlPlane
            .newApiServer()
            .flag("--etcd-prefix", objects)
            .withAuthorityIn(folder.resolve("pki"))
            .start();
    become(before);
    Files.writeString(
        manifest,
        """
        kind: Pod
        spec:
          containers:
          - name: kube-apiserver
            image: registry.k8s.io/kube-apiserver:v1.%d.0
            command:
            - kube-apiserver
            - --authorization-mode=RBAC
            - --client-ca-file=%s/pki/ca.crt
        """
            .formatted(before.minorVersion(), folder));
    List<String> lines = lines();
    assertThat(lines).hasSize(7);

    String untouched = Files.readString(manifest);
    assertThat(type(lines.get(0)).expect(0).out())
        .contains("--authorization-config=", "(--dry-run)");
    assertThat(manifest).hasContent(untouched);

    FutureTask<Outcome> setup = new FutureTask<>(() -> type(lines.get(1)));
    new Thread(setup).start();
    await(() -> has(manifest, "--authorization-config") || setup.isDone());
    before.close();
    try (ApiServer server =
        controlPlane
            .newApiServer()
            .flag("--etcd-prefix", objects)
            .flag("--authorization-config", folder.resolve("made/authorization.yaml"))
            .withAuthorityIn(folder.resolve("pki"))
            .start()) {
      become(server);
      assertThat(setup.get().expect(0).out())
          .contains("Write it?", "made the canary", "this-node: in force");
      server
          .kubectl(
              "create",
              "clusterrolebinding",
              "admins",
              "--clusterrole=cluster-admin",
              "--group=admins")
          .expectSuccess();
      takeBack(server, lines.subList(2, 7));
      assertThat(type("certwright revocations status").expect(0).out()).contains("in force");
    }
  }

  private void takeBack(ApiServer server, List<String> lines) throws IOException {
    issue(server, "clients");
    issue(server, "other");
    get(server, "clients").expectSuccess();
    long start = System.nanoTime();
    Outcome one = type(lines.get(0)).expect(0);
    Outcome refused = get(server, "clients");
    System.err.println(
        "from the first letter of revoke to the refusal, kubectl included: "
            + (System.nanoTime() - start) / 1_000_000
            + " ms");
    assertThat(one.out()).contains("Do it?", "this-node: in force", "leaves open: members of");
    assertThat(refused.expect(1).err()).contains("no such key: " + REVOKED);
    get(server, "other").expectSuccess();

    type(lines.get(1)).expect(0);
    assertThat(get(server, "other").expect(1).err()).contains(REVOKED);

    issue(server, "unknown", "--no-ledger");
    get(server, "unknown").expectSuccess();
    String id = Encodings.certificate(folder.resolve("unknown/jane")).credentialId().value();
    assertThat(lines.get(2)).contains(SAMPLE_ID);
    assertThat(type(lines.get(2).replace(SAMPLE_ID, id)).expect(0).out())
        .contains("under this id alone");
    assertThat(get(server, "unknown").expect(1).err()).contains(REVOKED);

    issue(server, "secret", "--no-ledger");
    get(server, "secret").expectSuccess();
    type(lines.get(3)).expect(0);
    assertThat(get(server, "secret").expect(1).err())
        .contains("the access of this user has been revoked");
    type("certwright resume --user jane").expect(0);
    get(server, "secret").expectSuccess();

    issue(server, "later");
    type(lines.get(4)).expect(0);
    assertThat(get(server, "later").expect(1).err()).contains("is suspended");
    // As the same line says.
    assertThat(lines.get(4)).contains("; certwright resume jane gives them again");
    type("certwright resume jane").expect(0);
    get(server, "later").expectSuccess();
    for (String gone : List.of("clients", "other", "unknown")) {
      assertThat(get(server, gone).expect(1).err()).contains(REVOKED);
    }
  }
}
