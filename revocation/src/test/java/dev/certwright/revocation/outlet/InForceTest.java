package dev.certwright.revocation.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an API server's answers say about its authorization file. */
final class InForceTest {
  private static final ApiServer SERVER = new ApiServer("cp-1", "", "", "");
  private static final Instant WRITTEN = Instant.parse("2026-11-30T08:00:00.250Z");
  private static final String MARK = "0123456789abcdef0123456789abcdef";
  private static final byte[] CONTENT =
      ("...'this client certificate has been revoked (canary of list " + MARK + ")'...")
          .getBytes(StandardCharsets.UTF_8);
  private static final InForce.Question ASKED =
      InForce.Question.of(
          Path.of("/a/authorization.yaml"), CONTENT, WRITTEN, null, "canary", Map.of());
  private static final String RELOAD =
      "apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds"
          + "{apiserver_id_hash=\"sha256:ff\",status=\"%s\"} %d.5\n";
  private static final String OURS =
      "apiserver_authorization_match_condition_exclusions_total"
          + "{name=\"revoked-client-certificates\",type=\"Webhook\"} 3\n";

  private static ApiServer.Metrics metrics(String text) {
    return new ApiServer.Metrics(text, "");
  }

  private static String reload(String status, long secondsAfterWriting) {
    return RELOAD.formatted(status, WRITTEN.getEpochSecond() + secondsAfterWriting);
  }

  private static InForce.State byReload(String text) {
    return InForce.byReload(SERVER, ASKED, metrics(text), "").state();
  }

  @Test
  void hash_of_the_file_proves_it_and_another_hash_the_contrary() {
    String hash = AuthorizationConfiguration.hash(CONTENT);

    assertThat(InForce.byHash(SERVER, ASKED, metrics(""), hash).state())
        .isEqualTo(InForce.State.IN_FORCE);
    assertThat(InForce.byHash(SERVER, ASKED, metrics(""), "sha256:00"))
        .matches(answer -> answer.state() == InForce.State.NOT_IN_FORCE)
        .matches(answer -> answer.detail().contains("has loaded another file (sha256:00)"));
  }

  private static InForce byCanary(ApiServer.Presented presented, String said) {
    return InForce.byCanary(
        SERVER, ASKED, metrics(""), new ApiServer.Presentation(presented, said));
  }

  @Test
  void canary_that_is_told_the_mark_of_this_list_proves_it_and_nothing_else_does() {
    String refused = "no such key: this client certificate has been revoked";

    assertThat(
            byCanary(ApiServer.Presented.REFUSED, refused + " (canary of list " + MARK + ")")
                .state())
        .isEqualTo(InForce.State.IN_FORCE);
    for (String other :
        new String[] {
          refused,
          refused + " (canary of list " + MARK.replace('0', '1') + ")",
          refused + " (canary of list 0123)",
        }) {
      assertThat(byCanary(ApiServer.Presented.REFUSED, other).state())
          .as(other)
          .isEqualTo(InForce.State.NOT_IN_FORCE);
    }
    assertThat(byCanary(ApiServer.Presented.NOT_REFUSED, "").state())
        .isEqualTo(InForce.State.NOT_IN_FORCE);
    assertThat(byCanary(ApiServer.Presented.UNKNOWN, "Unauthorized").state())
        .isEqualTo(InForce.State.NOT_PROVEN);
    assertThat(byCanary(ApiServer.Presented.UNREACHABLE, "timeout").state())
        .isEqualTo(InForce.State.UNREACHABLE);
  }

  @Test
  void refusal_without_a_mark_proves_nothing_of_a_file_without_one() {
    InForce.Question unmarked =
        InForce.Question.of(ASKED.path(), new byte[0], WRITTEN, null, "canary", Map.of());
    ApiServer.Presentation refused =
        new ApiServer.Presentation(
            ApiServer.Presented.REFUSED, "this client certificate has been revoked");

    assertThat(InForce.byCanary(SERVER, unmarked, metrics(""), refused).state())
        .isEqualTo(InForce.State.NOT_IN_FORCE);
  }

  @Test
  void file_that_was_there_at_the_start_is_loaded_since_then() {
    String started = "process_start_time_seconds " + (WRITTEN.getEpochSecond() + 5) + "\n";
    String hash = AuthorizationConfiguration.hash(CONTENT);

    assertThat(InForce.byHash(SERVER, ASKED, metrics(started), hash).since())
        .isEqualTo(Instant.parse("2026-11-30T08:00:05Z"));
    assertThat(InForce.byHash(SERVER, ASKED, metrics(started + reload("success", 7)), hash).since())
        .isEqualTo(Instant.parse("2026-11-30T08:00:07.500Z"));
    assertThat(InForce.byHash(SERVER, ASKED, metrics(""), hash).since()).isNull();
  }

  @Test
  void file_read_after_it_was_written_is_reloaded_and_one_read_before_is_not() {
    assertThat(byReload(reload("success", 0))).isEqualTo(InForce.State.RELOADED);
    assertThat(byReload(reload("success", -1))).isEqualTo(InForce.State.NOT_IN_FORCE);
  }

  @Test
  void file_that_was_refused_after_it_was_written_is_not_in_force() {
    assertThat(byReload(reload("failure", 1) + reload("success", 0)))
        .isEqualTo(InForce.State.NOT_IN_FORCE);
    assertThat(byReload(reload("failure", 1))).isEqualTo(InForce.State.NOT_IN_FORCE);
    assertThat(byReload(reload("failure", 0) + reload("success", 1)))
        .isEqualTo(InForce.State.RELOADED);
  }

  @Test
  void start_after_the_file_was_written_counts_only_if_our_authorizers_are_known() {
    String started = "process_start_time_seconds " + (WRITTEN.getEpochSecond() + 5) + "\n";

    assertThat(byReload(started)).isEqualTo(InForce.State.NOT_PROVEN);
    assertThat(byReload(OURS + started)).isEqualTo(InForce.State.RELOADED);
    assertThat(byReload(OURS + "process_start_time_seconds 5\n"))
        .isEqualTo(InForce.State.NOT_IN_FORCE);
    assertThat(byReload("")).isEqualTo(InForce.State.NOT_PROVEN);
  }
}
