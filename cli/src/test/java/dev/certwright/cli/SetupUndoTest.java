package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code revocations setup} and its {@code --undo}. */
final class SetupUndoTest extends TakingBack {
  @Test
  void setupChangesTheManifestOnceAndUndoPutsItBack() throws IOException {
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    String before =
        """
        kind: Pod
        spec:
          containers:
          - name: kube-apiserver
            image: registry.k8s.io/kube-apiserver:v1.32.0
            command:
            - kube-apiserver
            - --authorization-mode=Node,RBAC
        """;
    Path manifest = Files.writeString(manifests.resolve("kube-apiserver.yaml"), before);
    String[] words = {"revocations", "setup", "--manifest=" + manifest, "--dir=" + folder};

    Run shown = run(add(words, "--dry-run"));
    Run done = run(add(words, "--yes"));
    Run again = run(add(words, "--yes"));
    String changed = Files.readString(manifest);
    Run undone = run(add(words, "--undo", "--yes"));

    assertThat(shown.out()).contains("-    - --authorization-mode=Node,RBAC\n");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(changed).contains("--authorization-config=" + folder + "/authorization.yaml");
    assertThat(authorization()).contains("revoked-client-certificates").contains("name: node");
    assertThat(again.out()).contains("nothing had to be done");
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(manifest).hasContent(before);
    // The kubelet would run whatever else lay there.
    assertThat(manifests.toFile().list()).containsExactly("kube-apiserver.yaml");
    Files.writeString(manifest, before.replace("v1.32.0", "v1.31.9"));
    Run old = run(add(words, "--yes"));
    assertThat(old.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(old.err()).contains("1.32 and newer do");
  }
}
