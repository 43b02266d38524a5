package dev.certwright.server.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.server.sandbox.JsonPath.JsonPathException;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of columns, as {@code client-go/util/jsonpath} reads them. */
final class JsonPathTest {
  private static final YamlValue OBJECT =
      YamlReader.lenient()
          .readJson(
              "object",
              """
              {"a": {"b": 1, "c.d": "two", "e'f": 3},
              "list": [{"n": "x", "i": 1}, {"n": "y", "i": 2, "odd": true}, {"n": "z", "i": 3}],
              "empty": [],
              "none": null}
              """
                  .getBytes(UTF_8));

  private static String at(String path) {
    return JsonPath.parse(path).in(OBJECT).stream().map(JsonWriter::compact).toList().toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".a.b | [1]",
        "$.a.b | [1]",
        "a.b | malformed",
        ".a.c\\.d | [\"two\"]",
        ".a['b'] | [1]",
        ".a['c\\.d'] | [\"two\"]",
        ".a.nothing.more | []",
        ".a.* | [1, \"two\", 3]",
        ".list[0].n | [\"x\"]",
        ".list[-1].n | [\"z\"]",
        ".list[-3].n | [\"x\"]",
        ".list[-4].n | does not fit",
        ".list[3].n | does not fit",
        ".list[0:2].n | [\"x\", \"y\"]",
        ".list[1:].n | [\"y\", \"z\"]",
        ".list[:-1].n | [\"x\", \"y\"]",
        ".list[::2].n | [\"x\", \"z\"]",
        ".list[*].i | [1, 2, 3]",
        ".list[0,2].n | [\"x\", \"z\"]",
        ".list[?(@.i>1)].n | [\"y\", \"z\"]",
        ".list[?(@.i<=1)].n | [\"x\"]",
        ".list[?(@.n==\"y\")].i | [2]",
        ".list[?(@.n != 'y')].i | [1, 3]",
        ".list[?(@.odd)].n | [\"y\"]",
        ".list[?(@.odd==true)].n | [\"y\"]",
        ".list[?(@.n>1)].n | does not fit",
        ".list[?(@.i~1)].n | []",
        ".empty[*].n | []",
        ".none[0] | []",
        ".a[0] | does not fit",
        "..i | [1, 2, 3]",
        ".a.b} | malformed",
        ".list[x] | malformed",
        ".list[0 | malformed",
        ".list[?(@.n==\"y)].i | malformed",
        "{.a} | malformed"
      })
  void a_path_leads_where_kubectls_does(String path, String expected) {
    String actual;
    try {
      JsonPath parsed = JsonPath.parse(path);
      try {
        actual = parsed.in(OBJECT).stream().map(JsonWriter::compact).toList().toString();
      } catch (JsonPathException differently) {
        actual = "does not fit";
      }
    } catch (JsonPathException malformed) {
      actual = "malformed";
    }
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"....a", ".a[?(@.b==1", "%", ".list[99999999999]", "'a"})
  void what_is_no_path_is_refused(String path) {
    assertThatThrownBy(() -> JsonPath.parse(path)).isInstanceOf(JsonPathException.class);
  }

  @Test
  void all_that_has_something_in_it_is_found_once() {
    assertThat(at("..n")).isEqualTo("[\"x\", \"y\", \"z\"]");
    assertThat(JsonPath.parse("..").in(OBJECT)).hasSize(6);
    assertThat(List.of(at("..b"), at("..nothing"))).containsExactly("[1]", "[]");
  }
}
