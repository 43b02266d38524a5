package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.program.Program;
import dev.certwright.yaml.YamlMapping;
import java.util.List;

/**
 * Whom an API server sees.
 *
 * @param credentialIds of the certificate; none before Kubernetes 1.32
 */
record WhoAmI(String user, String uid, List<String> groups, List<String> credentialIds) {

  /** Asks it with a kubectl that has a kubeconfig. */
  static WhoAmI of(Program kubectl) {
    YamlMapping review = Json.parse(kubectl.run("auth", "whoami", "-o", "json").expectSuccess());
    return new WhoAmI(
        Json.text(review, "status", "userInfo", "username"),
        Json.text(review, "status", "userInfo", "uid"),
        Json.texts(review, "status", "userInfo", "groups"),
        Json.texts(
            review, "status", "userInfo", "extra", "authentication.kubernetes.io/credential-id"));
  }
}
