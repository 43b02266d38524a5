package dev.certwright.revocation.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.yaml.YamlReader;
import org.junit.jupiter.api.Test;

final class StaticPodManifestTest {
  private static final String FOLDER = "/etc/kubernetes/certwright";
  private static final String FILE = FOLDER + "/authorization.yaml";

  /** In kubeadm's form. */
  private static final String KUBEADM =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kube-apiserver
        namespace: kube-system
      spec:
        containers:
        - command:
          - kube-apiserver
          - --advertise-address=10.0.0.11
          - --authorization-mode=Node,RBAC # as ever
          - --client-ca-file=/etc/kubernetes/pki/ca.crt
          image: registry.k8s.io/kube-apiserver:v1.34.4
          name: kube-apiserver
          volumeMounts:
          - mountPath: /etc/kubernetes/pki
            name: k8s-certs
            readOnly: true
        hostNetwork: true
        volumes:
        - hostPath:
            path: /etc/kubernetes/pki
            type: DirectoryOrCreate
          name: k8s-certs
      """;

  private static StaticPodManifest read(String text) {
    return StaticPodManifest.read("kube-apiserver.yaml", text.getBytes(UTF_8));
  }

  @Test
  void flagsAndVersionAreRead() {
    StaticPodManifest manifest = read(KUBEADM);

    assertThat(manifest.flag("--authorization-mode")).isEqualTo("Node,RBAC");
    assertThat(manifest.flag("--authorization-config")).isNull();
    assertThat(manifest.minorVersion()).isEqualTo(34);
    assertThat(read(KUBEADM.replace(":v1.34.4", ":latest")).minorVersion()).isEqualTo(-1);
  }

  @Test
  void modeBecomesFileAndItsFolderIsMountedWithNoOtherLineChanged() {
    StaticPodManifest changed = read(KUBEADM).withAuthorizationFile(FILE, FOLDER);

    assertThat(changed.text())
        .isEqualTo(
            KUBEADM
                .replace(
                    "    - --authorization-mode=Node,RBAC # as ever\n",
                    "    - \"--authorization-config=" + FILE + "\"\n")
                .replace(
                    "    volumeMounts:\n",
                    "    volumeMounts:\n    - mountPath: "
                        + FOLDER
                        + "\n      name: certwright-authorization\n      readOnly: true\n")
                .replace(
                    "  volumes:\n",
                    "  volumes:\n  - hostPath:\n      path: "
                        + FOLDER
                        + "\n      type: Directory\n    name: certwright-authorization\n"));
    assertThat(changed.seesFolderOf(FILE)).isTrue();
  }

  @Test
  void manifestInAnotherFormIsWrittenAnewWithTheSameMeaning() {
    String json =
        """
        {"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [
          {"name": "kube-apiserver", "image": "x:v1.37.2", "command": ["kube-apiserver"],
           "args": ["--authorization-mode=Webhook,RBAC", "--authorization-webhook-version=v1"]}]}}
        """;

    StaticPodManifest changed = read(json).withAuthorizationFile(FILE, FOLDER);

    assertThat(YamlReader.strict().read("changed", changed.text()))
        .isEqualTo(
            YamlReader.strict()
                .read(
                    "expected",
                    """
                    {"kind": "Pod", "apiVersion": "v1", "spec": {"containers": [
                      {"name": "kube-apiserver", "image": "x:v1.37.2",
                       "command": ["kube-apiserver"],
                       "args": ["--authorization-config=%s"],
                       "volumeMounts": [
                         {"mountPath": "%s", "name": "certwright-authorization", "readOnly": true}]}],
                     "volumes": [
                       {"hostPath": {"path": "%s", "type": "Directory"},
                        "name": "certwright-authorization"}]}}
                    """
                        .formatted(FILE, FOLDER, FOLDER)));
  }

  @Test
  void fileThatIsMountedAloneIsNotSeenToChange() {
    assertThat(read(KUBEADM).seesFolderOf("/etc/kubernetes/pki/a.yaml")).isTrue();
    assertThat(read(KUBEADM).seesFolderOf("/etc/kubernetes/pki")).isFalse();
    assertThat(read(KUBEADM).seesFolderOf("/etc/kubernetes/other/a.yaml")).isFalse();
  }

  @Test
  void whatIsNoManifestOfAnApiServerIsRefused() {
    assertThatThrownBy(() -> read("kind: Pod\nspec: {containers: [{name: etcd}]}\n"))
        .isInstanceOf(UnacceptableConfigurationException.class)
        .hasMessageContaining("no Pod with a container named kube-apiserver");
    assertThatThrownBy(() -> read("kind: [").flag("--x"))
        .isInstanceOf(UnacceptableConfigurationException.class);
    String apart = KUBEADM.replace("mode=Node,RBAC # as ever", "mode\n    - Node,RBAC");
    assertThatThrownBy(() -> read(apart).flag("--authorization-mode"))
        .isInstanceOf(UnacceptableConfigurationException.class)
        .hasMessageContaining("are two arguments");
  }
}
