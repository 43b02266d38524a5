package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.testing.OpenSsl;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CertificateSigningRequest objects as kubectl gives them, in the hands of {@code import}. */
@ExtendWith(ControlPlaneExtension.class)
class SignedRequestsIT {
  private final Path folder = Places.newFolder("end-to-end");
  private final ControlPlane controlPlane;
  private final ApiServer server;

  SignedRequestsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    server = controlPlane.apiServer();
  }

  private void request(String name) throws IOException {
    OpenSsl.run(
        folder,
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -out %s.csr"
                .formatted(name, name)
            + " -subj /O=csr-team/CN="
            + name);
    String object =
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: %s}
        spec:
          request: %s
          signerName: kubernetes.io/kube-apiserver-client
          usages: [client auth]
        """
            .formatted(
                name,
                Base64.getEncoder()
                    .encodeToString(Files.readAllBytes(folder.resolve(name + ".csr"))));
    server
        .kubectlAs(server.administratorKubeconfig())
        .runWith(object, "apply", "-f", "-")
        .expectSuccess();
  }

  @Test
  void what_a_cluster_signed_is_taken_and_what_it_did_not_sign_is_not() throws IOException {
    controlPlane.requireControllerManager();
    request("signed-one");
    request("not-approved");
    server.kubectl("certificate", "approve", "signed-one").expectSuccess();
    server
        .kubectl("wait", "--for=jsonpath={.status.certificate}", "csr/signed-one", "--timeout=60s")
        .expectSuccess();
    String all =
        server.kubectl("get", "csr", "signed-one", "not-approved", "-o", "json").expectSuccess();
    Program certwright = Certwright.in(folder).with("CERTWRIGHT_HOME", folder.resolve("home"));

    String words = certwright.runWith(all, "import", "-", "--cluster", "prod").expectSuccess();
    String again = certwright.runWith(all, "import", "-", "--cluster", "prod").expectSuccess();

    assertThat(words).contains("certificates taken");
    assertThat(again).contains("0 certificates taken");
    String shown = certwright.run("show", "signed-one", "-o", "json").expectSuccess();
    YamlValue one = Json.parseList(shown).get(0);
    assertThat(Json.text(one, "origin")).isEqualTo("imported");
    assertThat(Json.text(one, "cluster")).isEqualTo("prod");
    assertThat(Json.texts(one, "groups")).contains("csr-team");
    certwright.run("show", "not-approved").expect(1);
  }
}
