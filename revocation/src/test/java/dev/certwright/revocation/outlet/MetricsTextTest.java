package dev.certwright.revocation.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {
  private static final String HASH = "sha256:" + "0a".repeat(32);
  private static final String METRICS =
      """
      # HELP apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds [ALPHA] Timestamp
      # TYPE apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds gauge
      apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds{apiserver_id_hash="sha256:ff",status="failure"} 1.7637e+09
      apiserver_authorization_config_controller_automatic_reload_last_timestamp_seconds{apiserver_id_hash="sha256:ff",status="success"} 1.763999005e+09
      apiserver_authorization_config_controller_automatic_reloads_total{apiserver_id_hash="sha256:ff",status="failure"} 2
      apiserver_authorization_config_controller_last_config_info{apiserver_id_hash="sha256:ff",hash="%s"} 1
      certwright_ledger_entry 17
      """
          .formatted(HASH);

  @Test
  void what_a_server_has_loaded_and_when_it_did_and_when_it_refused_is_read() {
    assertThat(MetricsText.loadedHash(METRICS)).isEqualTo(HASH);
    assertThat(MetricsText.value(METRICS, MetricsText.RELOADED, "success"))
        .isEqualTo(1_763_999_005);
    assertThat(MetricsText.value(METRICS, MetricsText.RELOADED, "failure"))
        .isEqualTo(1_763_700_000);
    assertThat(MetricsText.value(METRICS, MetricsText.STARTED, "")).isNaN();
    assertThat(MetricsText.value(METRICS, "certwright_ledger_entry", "")).isEqualTo(17);
    assertThat(MetricsText.value(METRICS, "certwright_ledger", "")).isNaN();
  }

  @FuzzTest(maxDuration = "10s")
  void any_text(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String metrics : new String[] {text, METRICS + text, text + "\n" + METRICS}) {
      assertThat(MetricsText.loadedHash(metrics)).doesNotContain("\"", "\n");
      String label = MetricsText.label(metrics, "certwright_ledger_info", "ledger");
      assertThat(label == null ? "" : label).doesNotContain("\"");
      double unused = MetricsText.value(metrics, MetricsText.RELOADED, "success");
    }
    assertThat(MetricsText.loadedHash(METRICS + text)).isEqualTo(HASH);
  }

  @Test
  void server_of_another_ledger_is_told_from_one_that_has_read_this_one() {
    String info = "certwright_ledger_entry 17\ncertwright_ledger_info{ledger=\"0ed79305466b\"} 1\n";

    assertThat(problem(info, 17, "0ed79305466b")).isEmpty();
    assertThat(problem(info, 18, "0ed79305466b")).contains("up to entry 17 and not up to 18");
    assertThat(problem(info, 3, "ffffffffffff"))
        .isEqualTo("follows another ledger (0ed79305466b) than this one (ffffffffffff)");
    assertThat(problem(METRICS, 3, "ffffffffffff")).contains("does not tell which ledger");
    assertThat(problem(METRICS, 3, "")).isEmpty();
    assertThat(problem("", 3, "")).contains("it is no certwright serve");
  }

  private static String problem(String metrics, long entry, String ledger) {
    return FollowingServer.problem(new ApiServer.Metrics(metrics, ""), entry, ledger);
  }
}
