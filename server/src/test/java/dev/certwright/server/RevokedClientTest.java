package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.revocation.live.LedgerFollower;
import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was taken back is refused over real connections, by every role. */
final class RevokedClientTest {
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: admins}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: admins}]
      """;
  private static final String PODS = "/api/v1/pods";
  private static final String SELF = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  @TempDir Path folder;
  private FileLedger ledger;
  private LedgerFollower follower;
  private TestServer server;

  @BeforeEach
  void start() {
    ledger =
        new FileLedger(folder.resolve("ledger"), "test", Clock.systemUTC(), FileLedger.PATIENCE);
    follower = new LedgerFollower(ledger, Clock.systemUTC());
    server =
        TestServer.start(
            folder,
            POLICY,
            builder ->
                builder
                    .roles(EnumSet.allOf(ServerRole.class))
                    .webhookNames(List.of("kube-apiserver"))
                    .restrictions(follower));
  }

  @AfterEach
  void stop() {
    server.close();
    follower.close();
  }

  private void record(EntryType type, Target.Kind kind, String value) {
    ledger.record(List.of(new Restriction(type, new Target(kind, value), null, "laptop stolen")));
    assertThat(follower.refresh()).isTrue();
  }

  private static String id(TestAuthority.Credential credential) {
    return credential.certificate().credentialId().value();
  }

  private static String review(String user, String uid, String id, String verb) {
    return "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{"
        + "\"user\":\""
        + user
        + "\",\"uid\":\""
        + uid
        + "\",\"groups\":[\"admins\"],\"extra\":{\"authentication.kubernetes.io/credential-id\":[\""
        + id
        + "\"]},\"resourceAttributes\":{\"verb\":\""
        + verb
        + "\",\"resource\":\"pods\"}}}";
  }

  private String asked(String body) {
    return server.user("kube-apiserver").post("/authorize", body).body();
  }

  @Test
  void before_the_ledger_is_read_nothing_is_allowed_and_only_probes_are_answered() {
    TestServer.Client admin = server.user("jane", "admins");
    TestServer.Client superuser = server.user("root", "system:masters");

    assertThat(admin.get(PODS).statusCode()).isEqualTo(500);
    assertThat(admin.get(PODS).body()).contains("the ledger was not read");
    assertThat(superuser.get(PODS).statusCode()).isEqualTo(500);
    assertThat(
            server
                .user("kube-apiserver")
                .post("/authorize", review("jane", "", "", "get"))
                .statusCode())
        .isEqualTo(500);
    assertThat(admin.get("/livez").statusCode()).isEqualTo(200);
    assertThat(admin.get("/readyz").statusCode()).isEqualTo(500);
    assertThat(admin.get("/readyz").body()).contains("[-]ledger failed");

    follower.refresh();

    assertThat(admin.get(PODS).statusCode()).isEqualTo(200);
    assertThat(admin.get("/readyz").body()).isEqualTo("ok");
  }

  @Test
  void ledger_that_cannot_be_read_at_the_start_allows_nothing() throws IOException {
    Files.createDirectories(folder.resolve("ledger"));
    Files.writeString(folder.resolve("ledger/ledger.jsonl"), "no entry\n");

    assertThat(follower.refresh()).isFalse();

    assertThat(server.user("jane", "admins").get(PODS).statusCode()).isEqualTo(500);
    assertThat(follower.problem()).contains("no entry");
  }

  @Test
  void revoked_certificate_is_refused_on_its_open_connection_and_the_other_one_works() {
    follower.refresh();
    TestAuthority.Credential first = server.authority().client("jane", "admins");
    TestServer.Client lost = server.client(first);
    TestServer.Client kept = server.user("jane", "admins");
    assertThat(lost.get(PODS).statusCode()).isEqualTo(200);

    record(EntryType.REVOKED, Target.Kind.CREDENTIAL, id(first));

    HttpResponse<String> refused = lost.get(PODS);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("this client certificate has been revoked (entry 1 of the ledger, ")
        .doesNotContain("stolen");
    assertThat(lost.get("/version").statusCode()).isEqualTo(403);
    assertThat(lost.post(SELF, "{}").statusCode()).isEqualTo(403);
    assertThat(kept.get(PODS).statusCode()).isEqualTo(200);
  }

  @Test
  void superuser_and_impersonating_client_are_refused_too() {
    follower.refresh();
    TestAuthority.Credential root = server.authority().client("root", "system:masters");
    assertThat(server.client(root).get(PODS).statusCode()).isEqualTo(200);

    record(EntryType.REVOKED, Target.Kind.CREDENTIAL, id(root));

    assertThat(server.client(root).get(PODS).statusCode()).isEqualTo(403);
    assertThat(
            server
                .client(root)
                .send("GET", PODS, null, "Impersonate-User", "jane", "Impersonate-Group", "admins")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void person_is_refused_by_name_whatever_they_show_until_let_in_again() {
    follower.refresh();
    TestServer.Client jane = server.user("jane", "admins");

    record(EntryType.REVOKED, Target.Kind.USER, "jane");
    assertThat(jane.get(PODS).body()).contains("the access of this user has been revoked");
    assertThat(server.user("jane", "admins").get(PODS).statusCode()).isEqualTo(403);
    assertThat(server.user("Jane", "admins").get(PODS).statusCode()).isEqualTo(200);

    record(EntryType.RESUMED, Target.Kind.USER, "jane");
    assertThat(jane.get(PODS).statusCode()).isEqualTo(200);
  }

  @Test
  void suspended_certificate_works_again_after_it_was_resumed() {
    follower.refresh();
    TestAuthority.Credential credential = server.authority().client("jane", "admins");

    record(EntryType.SUSPENDED, Target.Kind.CREDENTIAL, id(credential));
    assertThat(server.client(credential).get(PODS).body())
        .contains("this client certificate is suspended");

    record(EntryType.RESUMED, Target.Kind.CREDENTIAL, id(credential));
    assertThat(server.client(credential).get(PODS).statusCode()).isEqualTo(200);
  }

  @Test
  void webhook_denies_what_was_taken_back_and_has_no_opinion_about_others() {
    follower.refresh();
    String lost = "X509SHA256=" + "a".repeat(64);
    String kept = "X509SHA256=" + "b".repeat(64);
    record(EntryType.REVOKED, Target.Kind.CREDENTIAL, lost);
    record(EntryType.REVOKED, Target.Kind.UID, "42");

    assertThat(asked(review("jane", "", lost, "get")))
        .contains(
            "\"allowed\":false,\"denied\":true,\"reason\":\"this client certificate has been");
    assertThat(asked(review("jane", "42", kept, "get")))
        .contains("\"denied\":true,\"reason\":\"the access of this user has been revoked");
    assertThat(asked(review("jane", "43", kept, "get"))).contains("\"allowed\":true");
    assertThat(asked(review("jane", "", kept, "get")))
        .contains("\"allowed\":true")
        .doesNotContain("denied");
  }

  @Test
  void asking_client_that_was_taken_back_gets_no_answer_from_the_webhook() {
    follower.refresh();
    record(EntryType.REVOKED, Target.Kind.USER, "kube-apiserver");

    assertThat(
            server
                .user("kube-apiserver")
                .post("/authorize", review("jane", "", "", "get"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void ledger_that_was_removed_lets_nobody_in_again() throws IOException {
    follower.refresh();
    TestAuthority.Credential credential = server.authority().client("jane", "admins");
    record(EntryType.REVOKED, Target.Kind.CREDENTIAL, id(credential));

    Files.delete(folder.resolve("ledger/ledger.jsonl"));

    assertThat(follower.refresh()).isFalse();
    assertThat(follower.problem()).contains("it ends with entry 0 and had 1");
    assertThat(server.client(credential).get(PODS).statusCode()).isEqualTo(403);
  }

  @Test
  void started_follower_notices_by_itself() {
    TestAuthority.Credential credential = server.authority().client("jane", "admins");
    TestServer.Client jane = server.client(credential);
    follower.refresh();
    follower.start(java.time.Duration.ofMillis(10));
    assertThat(jane.get(PODS).statusCode()).isEqualTo(200);

    ledger.record(
        List.of(
            new Restriction(
                EntryType.REVOKED, new Target(Target.Kind.CREDENTIAL, id(credential)), null, "")));

    long end = System.nanoTime() + 30_000_000_000L;
    while (jane.get(PODS).statusCode() != 403) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }
}
