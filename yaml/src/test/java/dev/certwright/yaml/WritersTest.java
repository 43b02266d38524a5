package dev.certwright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {

  @Test
  void mappingsListsAndScalarsAreBlockStyle() {
    YamlMapping value =
        YamlMapping.builder()
            .put("name", "jane")
            .put("uid", "")
            .put("groups", YamlSequence.ofStrings(List.of("devs", "on-call")))
            .put("none", YamlSequence.of(List.of()))
            .put("nested", YamlMapping.builder().put("count", 3).put("ok", true).build())
            .put(
                "list",
                YamlSequence.of(
                    List.of(YamlMapping.builder().put("a", 1).put("b", YamlNull.of()).build())))
            .build();
    assertThat(YamlWriter.write(value))
        .isEqualTo(
            """
            name: jane
            uid: ""
            groups:
            - devs
            - on-call
            none: []
            nested:
              count: 3
              ok: true
            list:
            - a: 1
              b: null
            """);
    assertThat(JsonWriter.pretty(value))
        .isEqualTo(
            """
            {
              "name": "jane",
              "uid": "",
              "groups": [
                "devs",
                "on-call"
              ],
              "none": [],
              "nested": {
                "count": 3,
                "ok": true
              },
              "list": [
                {
                  "a": 1,
                  "b": null
                }
              ]
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "y",
        "No",
        "TRUE",
        "~",
        "null",
        "0x1F",
        "0777",
        "1e3",
        "12:30:45",
        "1_000",
        ".inf",
        "nan",
        "2001-01-01",
        "=",
        "<<",
        "- a",
        "a: b",
        "a #b",
        "#",
        "a\nb",
        "a\r\nb",
        "\t",
        " a",
        "a ",
        "'",
        "\"",
        "\\",
        "{a}",
        "[a]",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "---",
        "...",
        "?",
        ":",
        "a:",
        "é",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFF",
        "\u0000",
        "\u007F",
        "\uD83D\uDE00",
        "a\u00a0b"
      })
  void aStringThatCouldBeTakenForSomethingElseIsQuoted(String text) {
    String yaml = YamlWriter.write(YamlString.of(text));
    assertThat(yaml).startsWith("\"").endsWith("\"\n");
    assertThat(yaml.strip().lines()).hasSize(1);
    assertThat(YamlReader.strict().read("f", yaml)).isEqualTo(YamlString.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane", "jane@corp.com", "https://10.0.0.1:6443", "system:node:n1", "team/jane",
            "read-only-users",
        "2.ca", "nobody", "yesterday", "a b", "/etc/kubernetes/pki/ca.crt", "X509SHA256=ab"
      })
  void anOrdinaryStringIsReadBack(String text) {
    assertThat(YamlReader.strict().read("f", YamlWriter.write(YamlString.of(text))))
        .isEqualTo(YamlString.of(text));
  }

  @Test
  void whatIsPrintedIsReadBackTheSame() {
    for (long seed = 0; seed < 3000; seed++) {
      YamlValue value = RandomValues.value(new Random(seed), 4);
      assertThat(YamlReader.strict().read("f", YamlWriter.write(value)))
          .as("seed %d", seed)
          .isEqualTo(value);
      assertThat(YamlReader.strict().readJson("f", JsonWriter.compact(value).getBytes(UTF_8)))
          .as("seed %d", seed)
          .isEqualTo(value);
      assertThat(YamlReader.strict().readJson("f", JsonWriter.pretty(value).getBytes(UTF_8)))
          .as("seed %d", seed)
          .isEqualTo(value);
    }
  }

  @Test
  void aLoneSurrogateIsReplacedAsUtf8CannotCarryIt() {
    List<YamlValue> values = new ArrayList<>();
    values.add(YamlString.of("a\uD800"));
    assertThat(JsonWriter.compact(YamlSequence.of(values))).isEqualTo("[\"a\\ufffd\"]");
  }

  @Test
  void aKeyTooLongForASimpleKeyIsReadBack() {
    YamlMapping value =
        YamlMapping.builder()
            .put("k".repeat(2000), YamlSequence.ofStrings(List.of("a", "b")))
            .put("l".repeat(2000), YamlMapping.builder().put("a", 1).build())
            .build();
    assertThat(YamlReader.strict().read("f", YamlWriter.write(value))).isEqualTo(value);
  }

  @Test
  void aNegativeZeroKeepsItsSignInYamlAndInJson() {
    YamlValue value = YamlReader.strict().read("f", "-0.0");
    assertThat(YamlWriter.write(value)).isEqualTo("-0.0\n");
    assertThat(JsonWriter.compact(value)).isEqualTo("-0");
    assertThat(YamlReader.strict().read("f", "-0.0\n")).isEqualTo(value);
    assertThat(YamlReader.strict().readJson("f", "-0".getBytes(UTF_8))).isEqualTo(value);
  }
}
