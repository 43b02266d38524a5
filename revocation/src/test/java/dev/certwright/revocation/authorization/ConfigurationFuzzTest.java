package dev.certwright.revocation.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.revocation.Ids;
import dev.certwright.revocation.RevocationException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is read or refused; and what is made of it can be read again. */
final class ConfigurationFuzzTest {
  private static final String NEVER = "/never.kubeconfig";
  private static final String OWN =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
        - type: Webhook
          name: other
          webhook:
            timeout: 3s
            unauthorizedTTL: 30s
            authorizedTTL: 5m
            subjectAccessReviewVersion: v1
            matchConditionSubjectAccessReviewVersion: v1
            failurePolicy: NoOpinion
            connectionInfo: {type: KubeConfigFile, kubeConfigFile: /other}
            matchConditions: [{expression: "request.user != 'x'"}]
        - {type: RBAC, name: rbac}
      """;

  private static byte[] published() {
    return AuthorizationConfiguration.read("own", OWN.getBytes(UTF_8))
        .withDenylist(
            Ids.denylist(3), NEVER, Origin.carried(new SourceLedger("0123456789ab", 0, "")))
        .encoded();
  }

  @FuzzTest(maxDuration = "10s")
  void any_configuration(byte[] bytes) {
    readsOrRefuses(bytes);
  }

  @FuzzTest(maxDuration = "10s")
  void any_published_list(byte[] bytes) {
    takesOverOrRefuses(bytes);
  }

  @Test
  void configurations_with_a_few_other_bytes() {
    Random random = new Random(10);
    byte[] good = published();
    int read = 0;
    int taken = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = good.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) (32 + random.nextInt(95));
      }
      read += readsOrRefuses(changed) ? 1 : 0;
      taken += takesOverOrRefuses(changed) ? 1 : 0;
    }
    assertThat(read).isBetween(100, 2_999);
    assertThat(taken).isBetween(10, read);
  }

  private static boolean readsOrRefuses(byte[] bytes) {
    try {
      AuthorizationConfiguration read = AuthorizationConfiguration.read("fuzzed", bytes);
      AuthorizationConfiguration more =
          read.withDenylist(Ids.denylist(2), NEVER, Origin.carried(read.ledger()));
      assertThat(more.withoutDenylist().names()).isEqualTo(read.withoutDenylist().names());
      assertThat(more.withDenylist(Ids.denylist(2), NEVER, Origin.carried(read.ledger())).text())
          .isEqualTo(more.text());
      return true;
    } catch (RevocationException refused) {
      return false;
    }
  }

  private static boolean takesOverOrRefuses(byte[] bytes) {
    try {
      PublishedDenylist read = PublishedDenylist.read("fuzzed", bytes);
      String taken =
          AuthorizationConfiguration.read("own", OWN.getBytes(UTF_8))
              .withDenylist(read, NEVER)
              .text();
      PublishedDenylist again = PublishedDenylist.read("taken", taken.getBytes(UTF_8));
      assertThat(again.refusals()).isEqualTo(read.refusals());
      return true;
    } catch (RevocationException refused) {
      return false;
    }
  }
}
