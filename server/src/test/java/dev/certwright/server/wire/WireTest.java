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
      assertThat(JsonWriter.compact(ObjectCodec.read(bytes, MediaType.PROTOBUF, "").object()))
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
        .hasMessageContaining("expected prefix [107 56 115 0]");
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
      YamlMapping read =
          ObjectCodec.read(bytes, MediaType.PROTOBUF, "SubjectAccessReview").object();
      assertThat(JsonWriter.compact(read).length()).isLessThan(bytes.length * 20 + 200);
      return true;
    } catch (WireException refused) {
      return false;
    }
  }

  private static List<String> wanted(String header) {
    return Accepted.of(header).stream()
        .map(one -> one.type() + (one.isWhole() ? "" : " as " + one.as()))
        .toList();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] envelope(byte[] message) {
    return ProtobufWriter.join(
        List.of(bytes('k', '8', 's', 0, 2 << 3 | 2, message.length), message));
  }

  @Test
  void a_message_in_several_parts_is_one_as_in_go() {
    byte[] verb = bytes(2 << 3 | 2, 4, 1 << 3 | 2, 2, 2 << 3 | 2, 0);
    byte[] namespace = bytes(2 << 3 | 2, 5, 1 << 3 | 2, 3, 1 << 3 | 2, 1, 'n');
    byte[] resource = bytes(2 << 3 | 2, 5, 1 << 3 | 2, 3, 5 << 3 | 2, 1, 'r');
    YamlMapping read =
        ObjectCodec.read(
                envelope(ProtobufWriter.join(List.of(namespace, verb, resource))),
                MediaType.PROTOBUF,
                "SelfSubjectAccessReview")
            .object();
    assertThat(ObjectCodec.compactJson(read))
        .isEqualTo("{\"spec\":{\"resourceAttributes\":{\"namespace\":\"n\",\"resource\":\"r\"}}}");
  }

  @Test
  void fields_of_later_versions_are_passed_over() {
    byte[] unknown = bytes(15 << 3 | 2, 3, 'x', 'y', 'z');
    byte[] resource = bytes(2 << 3 | 2, 5, 1 << 3 | 2, 3, 5 << 3 | 2, 1, 'r');
    YamlMapping read =
        ObjectCodec.read(
                envelope(ProtobufWriter.join(List.of(unknown, resource))),
                MediaType.PROTOBUF,
                "SelfSubjectAccessReview")
            .object();
    assertThat(ObjectCodec.compactJson(read))
        .isEqualTo("{\"spec\":{\"resourceAttributes\":{\"resource\":\"r\"}}}");
  }

  @Test
  void a_field_without_a_number_hides_nothing_behind_it() {
    byte[] hidden = bytes(0, 2 << 3 | 2, 2, 1 << 3 | 2, 0);
    assertThatThrownBy(
            () -> ObjectCodec.read(envelope(hidden), MediaType.PROTOBUF, "SelfSubjectAccessReview"))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("malformed");
  }

  @Test
  void the_best_that_is_known_is_chosen_in_the_clients_order() {
    assertThat(wanted("")).containsExactly("JSON");
    assertThat(wanted("application/json;as=Table;v=v1;g=meta.k8s.io,application/json"))
        .containsExactly("JSON as Table", "JSON");
    assertThat(wanted("text/html, application/yaml")).containsExactly("YAML");
    assertThat(wanted("application/json;q=0.5,application/yaml;q=0.9"))
        .containsExactly("YAML", "JSON");
    assertThat(
            ObjectCodec.choose(
                Accepted.of("application/vnd.kubernetes.protobuf,application/json"), "PodList"))
        .isEqualTo(MediaType.JSON);
    assertThat(wanted("text/html")).isEmpty();
  }

  @Test
  void headers_are_read_as_upstream_reads_them() {
    assertThat(wanted("*/*")).containsExactly("JSON", "YAML", "PROTOBUF");
    assertThat(wanted("*/*, application/yaml;q=0.1"))
        .as("what is named comes before what is not, whatever its quality")
        .containsExactly("YAML", "JSON", "YAML", "PROTOBUF");
    assertThat(wanted("application/json;q=0")).containsExactly("JSON");
    assertThat(wanted("application/json;q=x, application/yaml;q=0.1"))
        .containsExactly("YAML", "JSON");
    assertThat(wanted("Application/JSON, json, a/b/c, application/")).isEmpty();
    assertThat(wanted("application/json;stream=watch, application/yaml;stream=watch"))
        .containsExactly("JSON");
    assertThat(wanted("application/json;sv=v2")).isEmpty();
    assertThat(wanted("application/json;v=v1")).containsExactly("JSON as ");
  }

  @Test
  void a_content_type_has_parameters_or_is_none() {
    for (String good :
        List.of(
            "application/json",
            "application/json;",
            "Application/JSON; charset=utf-8",
            "application/json ; a = b;c=\"d;e\\\"\" ;")) {
      assertThat(ObjectCodec.typeOf(good)).as(good).isEqualTo(MediaType.JSON);
    }
    for (String bad :
        List.of(
            ";",
            " ",
            "text/plain",
            "application/json; x",
            "application/json; =x",
            "application/json; x=",
            "application/json;;",
            "application/json; a=b c",
            "application/json; a=\"b")) {
      assertThat(ObjectCodec.typeOf(bad)).as(bad).isNull();
    }
    assertThat(ObjectCodec.typeOf("application/json" + ";a=b".repeat(100_000)))
        .isEqualTo(MediaType.JSON);
  }

  private static FieldProblems problems(MediaType type, String body) {
    ObjectCodec.Read read = ObjectCodec.read(body.getBytes(UTF_8), type, "");
    YamlMapping unused =
        TypedObject.of(read.object(), "SelfSubjectAccessReview", "v1", read.problems());
    return read.problems();
  }

  @Test
  void fields_that_a_kind_does_not_have_or_that_are_there_twice_are_told_with_their_place() {
    FieldProblems json =
        problems(
            MediaType.JSON,
            "{\"spec\":{\"resourceAttributes\":{\"x\":1,\"x\":2,\"fieldSelector\":{"
                + "\"requirements\":[{\"key\":\"a\"},{\"b\":1,\"key\":\"\",\"key\":\"c\"}]}},"
                + "\"resourceAttributes\":null},\"metadata\":{\"labels\":{\"l\":\"\",\"l\":\"\"}},"
                + "\"a\\\"b\":1}");
    assertThat(json.warnings())
        .containsExactly(
            "duplicate field \"spec.resourceAttributes\"",
            "duplicate field \"metadata.labels.l\"",
            "unknown field \"a\\\"b\"");
    assertThat(
            problems(
                    MediaType.JSON,
                    "{\"spec\":{\"resourceAttributes\":{\"fieldSelector\":{\"requirements\":["
                        + "{\"key\":\"a\"},{\"b\":1,\"key\":\"\",\"key\":\"c\"}]}}}}")
                .summary())
        .isEqualTo(
            "unknown field \"spec.resourceAttributes.fieldSelector.requirements[1].b\", duplicate"
                + " field \"spec.resourceAttributes.fieldSelector.requirements[1].key\"");
    FieldProblems yaml =
        problems(MediaType.YAML, "spec:\n  z: 1\n  a: 1\n  z: 2\nb: 1\napiVersion: x\n");
    assertThat(yaml.summary())
        .isEqualTo(
            "yaml: unmarshal errors:\n  line 4: key \"z\" already set in map, unknown field"
                + " \"b\", unknown field \"spec.a\", unknown field \"spec.z\"");
    assertThat(yaml.warnings()).startsWith("line 4: key \"z\" already set in map");
  }

  @Test
  void an_object_that_is_there_twice_is_one_as_in_go() {
    ObjectCodec.Read read =
        ObjectCodec.read(
            ("{\"spec\":{\"user\":\"a\",\"extra\":{\"k\":[\"1\"]},\"resourceAttributes\":{"
                    + "\"verb\":\"list\",\"resource\":\"pods\"}},\"spec\":{\"user\":null,"
                    + "\"extra\":{\"l\":[]},\"resourceAttributes\":{\"verb\":\"get\"}},\"spec\":null}")
                .getBytes(UTF_8),
            MediaType.JSON,
            "");
    assertThat(
            JsonWriter.compact(
                TypedObject.of(read.object(), "SubjectAccessReview", "v1", read.problems())))
        .isEqualTo(
            "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"},"
                + "\"user\":\"a\",\"extra\":{\"k\":[\"1\"],\"l\":[]}}}");
  }
}
