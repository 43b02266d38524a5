package dev.certwright.revocation.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.DenylistTooLargeException;
import dev.certwright.revocation.Ids;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.AuthorizationConfiguration.WebhookFlags;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizationConfigurationTest {
  private static final String NEVER = "/etc/kubernetes/certwright/never-called.kubeconfig";
  private static final String OWN =
      """
      # ours since 2024
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
        # nodes first
        - type: Node # kubelets
          name: node
        - {type: RBAC, name: rbac}
      """;

  private static AuthorizationConfiguration read(String text) {
    return AuthorizationConfiguration.read("authorization.yaml", text.getBytes(UTF_8));
  }

  private static AuthorizationConfiguration with(int count) {
    return read(OWN).withDenylist(Ids.denylist(count), NEVER, Origin.NONE);
  }

  private static List<String> conditions(AuthorizationConfiguration configuration) {
    List<String> conditions = new ArrayList<>();
    if (at(YamlReader.strict().read("test", configuration.encoded()), "authorizers")
        instanceof YamlSequence authorizers) {
      for (YamlValue authorizer : authorizers.values()) {
        if (at(at(authorizer, "webhook"), "matchConditions") instanceof YamlSequence list
            && at(list.values().get(0), "expression") instanceof YamlString expression) {
          conditions.add(expression.value());
        }
      }
    }
    return conditions;
  }

  private static @Nullable YamlValue at(@Nullable YamlValue value, String key) {
    return value instanceof YamlMapping mapping ? mapping.get(key) : null;
  }

  @Test
  void denylistStandsBeforeTheClustersOwnAuthorizersAndTheirLinesStay() {
    AuthorizationConfiguration configuration = with(2);

    assertThat(configuration.names())
        .containsExactly("revoked-client-certificates", "node", "rbac");
    assertThat(configuration.text())
        .startsWith(
            """
            # ours since 2024
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthorizationConfiguration
            authorizers:
              # nodes first
              # BEGIN certwright: written by certwright revocations publish, do not edit
              - type: Webhook
                name: revoked-client-certificates
                webhook:
                  timeout: 1s
            """)
        .endsWith(
            """
                  - expression: |-
                      {'': true}['this client certificate has been revoked']
              # END certwright
              - type: Node # kubelets
                name: node
              - {type: RBAC, name: rbac}
            """);
    assertThat(conditions(configuration))
        .containsExactly(
            "'authentication.kubernetes.io/credential-id' in request.extra &&\n"
                + "request.extra['authentication.kubernetes.io/credential-id'].exists(v, v in [\n'"
                + String.join("',\n'", Ids.of(2))
                + "'])");
  }

  @Test
  void whatWasThereBeforeDoesNotMatterForTheBytes() {
    AuthorizationConfiguration once = with(3);

    assertThat(with(2).withDenylist(Ids.denylist(3), NEVER, Origin.NONE).encoded())
        .isEqualTo(once.encoded());
    assertThat(once.withDenylist(Ids.denylist(3), NEVER, Origin.NONE).encoded())
        .isEqualTo(once.encoded());
    assertThat(with(9_000).withDenylist(Ids.denylist(3), NEVER, Origin.NONE).encoded())
        .isEqualTo(once.encoded());
  }

  @Test
  void withoutDenylistEveryByteIsAsBefore() {
    assertThat(with(3_000).withoutDenylist().text()).isEqualTo(OWN);
    assertThat(read(OWN).withoutDenylist().text()).isEqualTo(OWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"apiVersion": "apiserver.config.k8s.io/v1beta1", "kind": "AuthorizationConfiguration",
         "authorizers": [{"type": "RBAC", "name": "rbac"}]}
        """,
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers: [{type: RBAC, name: rbac}]
        """,
        """
        authorizers:
        -
          type: RBAC
          name: rbac
        kind: AuthorizationConfiguration
        apiVersion: apiserver.config.k8s.io/v1""",
      })
  void otherWaysOfWritingAreTakenToo(String text) {
    AuthorizationConfiguration configuration =
        read(text).withDenylist(Ids.denylist(1), NEVER, Origin.NONE);

    assertThat(configuration.names()).containsExactly("revoked-client-certificates", "rbac");
    assertThat(configuration.withDenylist(Ids.denylist(1), NEVER, Origin.NONE).text())
        .isEqualTo(configuration.text());
    assertThat(configuration.withoutDenylist().names()).containsExactly("rbac");
  }

  @Test
  void listThatWasWrittenByHandUnderOurNamesIsReplaced() {
    String byHand = with(1).text().replace("# BEGIN certwright", "# x").replace("# END", "# y");

    assertThat(read(byHand).withDenylist(Ids.denylist(2), NEVER, Origin.NONE).names())
        .containsExactly("revoked-client-certificates", "node", "rbac");
  }

  @Test
  void fileSaysWhichLedgerItIsFromAndHowFarThatReachedAndIsNotChangedFromAnother() {
    SourceLedger ledger = new SourceLedger("0123456789ab", 7, "c4".repeat(32));
    AuthorizationConfiguration first =
        read(OWN).withDenylist(Ids.denylist(1), NEVER, Origin.carried(ledger));

    assertThat(first.text())
        .contains(
            "# BEGIN certwright: ledger 0123456789ab up to entry 7 "
                + "c4".repeat(32)
                + ", written by certwright revocations publish, do not edit\n");
    assertThat(first.ledger()).isEqualTo(ledger);
    for (SourceLedger other :
        List.of(SourceLedger.NONE, new SourceLedger("ba9876543210", 9, "c4".repeat(32)))) {
      assertThatThrownBy(() -> first.withDenylist(Denylist.EMPTY, NEVER, Origin.carried(other)))
          .isInstanceOf(UnacceptableConfigurationException.class)
          .hasMessageContaining("published from the ledger 0123456789ab");
    }
    assertThat(read(OWN).withDenylist(Denylist.EMPTY, NEVER, Origin.NONE).ledger())
        .isEqualTo(SourceLedger.NONE);
  }

  @Test
  void nothingRevokedStillShowsThatItIsSetUp() {
    AuthorizationConfiguration configuration =
        read(OWN).withDenylist(Denylist.EMPTY, NEVER, Origin.NONE);

    assertThat(configuration.isSetUp()).isTrue();
    assertThat(read(OWN).isSetUp()).isFalse();
    assertThat(conditions(configuration).get(0)).endsWith(".exists(v, v in [])");
  }

  @Test
  void peopleAreNamedInListsOfTheirOwnAndNoNameBecomesCode() {
    Denylist denylist =
        new Denylist(
            new Denylist.Names(
                List.of(), List.of("a'] || true || '", "j\u00F6rg\n\uD83D\uDE00"), List.of("42")),
            new Denylist.Names(Ids.of(1), List.of("\\"), List.of()));

    AuthorizationConfiguration configuration = read(OWN).withDenylist(denylist, NEVER, Origin.NONE);

    assertThat(configuration.names())
        .containsExactly(
            "revoked-client-certificates",
            "suspended-client-certificates",
            "revoked-users",
            "revoked-users-2",
            "suspended-users",
            "node",
            "rbac");
    assertThat(conditions(configuration).subList(2, 5))
        .containsExactly(
            "request.user in [\n'a\\'] || true || \\'',\n'j\\u00f6rg\\u000a\\U0001f600']",
            "request.uid in [\n'42']",
            "request.user in [\n'\\\\']");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_250, 1_251, 2_701, 27_000, 27_001, 200_000})
  void everyListIsWithinTheLimitsOfAnExpressionAndNoIdIsLost(int count) {
    List<String> conditions = conditions(with(count));

    int listed = 0;
    for (String condition : conditions) {
      assertThat(condition.length()).isLessThan(100_000);
      listed += condition.split("\n'", -1).length - 1;
    }
    assertThat(listed).isEqualTo(count);
    assertThat(conditions.size()).isLessThanOrEqualTo(41);
  }

  @Test
  void manyLongNamesAreSplitAndANameThatFitsNowhereIsRefused() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      names.add(("x" + i).repeat(300));
    }
    Denylist denylist =
        new Denylist(new Denylist.Names(List.of(), names, List.of()), Denylist.EMPTY.revoked());

    for (String condition : conditions(read(OWN).withDenylist(denylist, NEVER, Origin.NONE))) {
      assertThat(condition.length()).isLessThan(100_000);
    }
    Denylist endless =
        new Denylist(
            new Denylist.Names(List.of(), List.of("x".repeat(120_000)), List.of()),
            Denylist.EMPTY.revoked());
    assertThatThrownBy(() -> read(OWN).withDenylist(endless, NEVER, Origin.NONE))
        .isInstanceOf(DenylistTooLargeException.class);
  }

  @Test
  void flagsOfTheOldKindBecomeAFile() {
    assertThat(
            AuthorizationConfiguration.ofModes(List.of("Node", "RBAC"), WebhookFlags.NONE).text())
        .isEqualTo(
            """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthorizationConfiguration
            authorizers:
            - type: Node
              name: node
            - type: RBAC
              name: rbac
            """);
    assertThat(
            AuthorizationConfiguration.ofModes(
                    List.of("Node", "Webhook", "RBAC"),
                    new WebhookFlags("/etc/hook.kubeconfig", "v1", "1m", "10s"))
                .text())
        .contains(
            """
            - type: Webhook
              name: default
              webhook:
                timeout: 30s
                authorizedTTL: "1m"
                unauthorizedTTL: "10s"
                subjectAccessReviewVersion: v1
                failurePolicy: NoOpinion
                connectionInfo:
                  type: KubeConfigFile
                  kubeConfigFile: /etc/hook.kubeconfig
            - type: RBAC
            """);
    assertThatThrownBy(
            () -> AuthorizationConfiguration.ofModes(List.of("Node", "Rbac"), WebhookFlags.NONE))
        .isInstanceOf(UnacceptableConfigurationException.class)
        .hasMessageContaining("authorizers[1].type must be one of ABAC");
  }

  @Test
  void everyProblemIsNamedWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: AuthorizationConfiguration
                    authorizers:
                    - type: Node
                      name: nodes
                      extra: 1
                    - type: Webhook
                      name: Hook
                      webhook:
                        timeout: 31s
                        failurePolicy: Allow
                        connectionInfo: {type: KubeConfigFile, kubeConfigFile: relative}
                    """))
        .isInstanceOfSatisfying(
            UnacceptableConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactly(
                        "line 6: unknown field authorizers[0].extra",
                        "line 4: authorizers[0].name of Node must be node",
                        "line 7: authorizers[1].name must be a DNS-1123 subdomain",
                        "line 10: authorizers[1].webhook.timeout must be more than 0s and at most"
                            + " 30s",
                        "line 10: authorizers[1].webhook.subjectAccessReviewVersion must be v1 or"
                            + " v1beta1",
                        "line 10: authorizers[1].webhook.failurePolicy must be NoOpinion or Deny",
                        "line 12: authorizers[1].webhook.connectionInfo.kubeConfigFile must be an"
                            + " absolute path"));
  }

  @Test
  void fileOfTheDenylistAloneIsRefused() {
    String alone = with(1).text();
    String broken = alone.substring(0, alone.indexOf("  - type: Node"));

    assertThatThrownBy(() -> read(broken).withDenylist(Denylist.EMPTY, NEVER, Origin.NONE))
        .isInstanceOf(UnacceptableConfigurationException.class)
        .hasMessageContaining("no authorizers of the cluster's own");
  }
}
