package dev.certwright.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Go's words for what is no JSON; the conformance run compares more of them with kube-apiserver's.
 */
final class JsonSyntaxTest {
  private static final String END = "unexpected end of JSON input";

  private record Case(String text, String problem) {}

  private static final List<Case> CASES =
      List.of(
          new Case("", END),
          new Case("{", END),
          new Case("\"x", END),
          new Case("1e+", "invalid character ' ' in exponent of numeric literal"),
          new Case("nul", "invalid character ' ' in literal null (expecting 'l')"),
          new Case("nope", "invalid character 'o' in literal null (expecting 'u')"),
          new Case("[1 2]", "invalid character '2' after array element"),
          new Case("01", "invalid character '1' after top-level value"),
          new Case("1.x", "invalid character 'x' after decimal point in numeric literal"),
          new Case("\"\\q\"", "invalid character 'q' in string escape code"),
          new Case("{\"a\" 1}", "invalid character '1' after object key"),
          new Case(
              "{\"a\":1,}", "invalid character '}' looking for beginning of object key string"),
          new Case("{\"a\":1 \"b\":2}", "invalid character '\"' after object key:value pair"),
          new Case(
              "{\"a\":[{},[[]],{\"b\":-0.5e-7}],\"c\":\"\"} '",
              "invalid character '\\'' after top-level value"));

  @Test
  void what_is_no_json_is_told_in_gos_words() {
    for (Case one : CASES) {
      byte[] body = one.text.getBytes(UTF_8);
      assertThat(JsonSyntax.problem(body)).as(one.text).isEqualTo(one.problem);
      assertThatThrownBy(() -> ObjectCodec.read(body, MediaType.JSON, "TokenReview"))
          .as(one.text)
          .isInstanceOf(WireException.class)
          .hasMessage("couldn't get version/kind; json parse error: " + one.problem);
    }
  }

  @Test
  void json_of_any_depth_is_read_in_bounded_stack() {
    assertThat(JsonSyntax.problem("[".repeat(1 << 20).getBytes(UTF_8)))
        .isEqualTo("exceeded max depth");
    assertThat(JsonSyntax.problem("[{\"a\":[null,true,-1.5E3]}]".getBytes(UTF_8))).isEmpty();
  }
}
