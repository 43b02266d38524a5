package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.InForce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * What API servers are asked with.
 *
 * @param canary kubeconfig of the canary, which need not be there
 * @param environment of this process
 */
public record LoadedQuestion(Path canary, Map<String, String> environment) {

  /** Whether they have loaded the file of an outlet. */
  InForce.Question of(AuthorizationFileOutlet outlet, byte[] content) {
    Instant written = null;
    try {
      written = Files.getLastModifiedTime(outlet.path()).toInstant();
    } catch (IOException gone) {
      // Then the time proves nothing.
    }
    return InForce.Question.of(
        outlet.path(),
        content,
        written,
        Files.isRegularFile(canary) ? canary : null,
        Canary.USER,
        environment);
  }
}
