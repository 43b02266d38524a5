package dev.certwright.conformance.endtoend;

import static dev.certwright.conformance.endtoend.RevocationCluster.REVOKED;
import static dev.certwright.conformance.endtoend.RevocationCluster.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates of a CA with an RSA key, whose signatures have one encoding or several. */
@ExtendWith(ControlPlaneExtension.class)
class RsaRevocationIT {
  /** Half of them have more than one encoding. */
  private static final int MOST = 40;

  @Test
  void certificate_that_can_be_written_in_other_bytes_is_refused_in_all_of_them(
      ControlPlane controlPlane) throws IOException {
    try (RevocationCluster cluster = new RevocationCluster("rsa-2048", controlPlane, "--ca=pki")) {
      Path client = cluster.folder.resolve("first/brancz");
      int tried = 0;
      List<Path> encodings;
      do {
        assertThat(++tried).isLessThan(MOST);
        cluster.issue("brancz", "first", "admins", "--force");
        encodings = Encodings.kubeconfigs(client);
      } while (encodings.size() < 2);
      for (Path encoding : encodings) {
        get(cluster.server.kubectlAs(encoding)).expectSuccess();
      }

      cluster.certwright("revoke", "first/brancz/kubeconfig", "--yes").expect(0);

      for (Path encoding : encodings) {
        assertThat(get(cluster.server.kubectlAs(encoding)).expect(1).err()).contains(REVOKED);
      }
      assertThat(cluster.certwright("revocations", "status").expect(0).out())
          .doesNotContain("incomplete");
      System.err.println("RSA: " + encodings.size() + " encodings, all refused");
    }
  }
}
