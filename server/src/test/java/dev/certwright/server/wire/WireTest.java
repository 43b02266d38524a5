package dev.certwright.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules KB-01 to KB-03, and what clients accept. */
final class WireTest {
  private static YamlMapping json(String text) {
    return (YamlMapping) YamlReader.strict().readJson("test", text.getBytes(UTF_8));
  }

  @Test
  void every_kind_comes_back_from_protobuf_as_it_was() {
    for (String object :
        List.of(
            "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                + "\"metadata\":{\"name\":\"n\",\"labels\":{\"a\":\"b\",\"c\":\"\"}},"
                + "\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"fieldSelector\":{"
                + "\"requirements\":[{\"key\":\"k\",\"operator\":\"In\",\"values\":[\"\",\"v\"]}]}},"
                + "\"user\":\"ü\",\"groups\":[\"a\",\"\"],\"extra\":{\"k\":[\"1\",\"2\"],\"l\":[]}},"
                + "\"status\":{\"allowed\":true,\"reason\":\"r\"}}",
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"details\":{"
                + "\"causes\":[{\"reason\":\"a\",\"field\":\"f\"},{\"message\":\"m\"}]},\"code\":403}",
            "{\"kind\":\"SelfSubjectReview\",\"apiVersion\":\"authentication.k8s.io/v1\","
                + "\"metadata\":{\"creationTimestamp\":\"2026-11-24T13:16:09Z\"},"
                + "\"status\":{\"userInfo\":{\"username\":\"u\",\"extra\":{\"k\":[\"v\"]}}}}")) {
      YamlMapping expected = json(object);
      byte[] bytes = ObjectCodec.write(expected, MediaType.PROTOBUF, false);
      assertThat(JsonWriter.compact(ObjectCodec.read(bytes, MediaType.PROTOBUF, "")))
          .isEqualTo(object);
    }
  }

  @Test
  void what_is_no_envelope_or_cut_is_refused() {
    byte[] good =
        ObjectCodec.write(
            json(
                "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                    + "\"spec\":{\"nonResourceAttributes\":{\"path\":\"/\"}}}"),
            MediaType.PROTOBUF,
            false);
    assertThatThrownBy(() -> ObjectCodec.read(new byte[] {1, 2, 3, 4}, MediaType.PROTOBUF, ""))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("k8s");
    byte[] cut = java.util.Arrays.copyOf(good, good.length - 6);
    assertThatThrownBy(() -> ObjectCodec.read(cut, MediaType.PROTOBUF, ""))
        .isInstanceOf(WireException.class);
  }

  @Test
  void damaged_messages_are_read_or_refused_and_nothing_else() {
    Random random = new Random(7);
    byte[] good =
        ObjectCodec.write(
            json(
                "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                    + "\"spec\":{\"user\":\"u\",\"groups\":[\"g\"],\"extra\":{\"k\":[\"v\"]}}}"),
            MediaType.PROTOBUF,
            false);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = good.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
      }
      refused += readsOrRefuses(damaged) ? 0 : 1;
    }
    assertThat(refused).isBetween(1, 19_999);
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytes(byte[] bytes) {
    readsOrRefuses(bytes);
  }

  private static boolean readsOrRefuses(byte[] bytes) {
    try {
      YamlMapping read = ObjectCodec.read(bytes, MediaType.PROTOBUF, "SubjectAccessReview");
      assertThat(JsonWriter.compact(read).length()).isLessThan(bytes.length * 20 + 200);
      return true;
    } catch (WireException refused) {
      return false;
    }
  }

  @Test
  void the_best_that_is_known_is_chosen_in_the_clients_order() {
    assertThat(Accepted.of(List.of())).containsExactly(Accepted.JSON);
    assertThat(
            Accepted.of(List.of("application/json;as=Table;v=v1;g=meta.k8s.io,application/json")))
        .containsExactly(new Accepted(MediaType.JSON, "Table", "meta.k8s.io", "v1"), Accepted.JSON);
    assertThat(ObjectCodec.choose(Accepted.of(List.of("text/html, application/yaml")), "Status"))
        .isEqualTo(MediaType.YAML);
    assertThat(
            ObjectCodec.choose(
                Accepted.of(List.of("application/json;q=0.5,application/yaml;q=0.9")), "Status"))
        .isEqualTo(MediaType.YAML);
    assertThat(
            ObjectCodec.choose(
                Accepted.of(List.of("application/vnd.kubernetes.protobuf,application/json")),
                "PodList"))
        .isEqualTo(MediaType.JSON);
    assertThat(ObjectCodec.choose(Accepted.of(List.of("text/html")), "Status")).isNull();
    assertThat(ObjectCodec.choose(Accepted.of(List.of("application/json;q=0")), "Status")).isNull();
  }
}
