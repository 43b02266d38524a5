package dev.certwright.yaml;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {

  private static String json(String yaml) {
    return JsonWriter.compact(YamlReader.lenient().read("f.yaml", yaml));
  }

  private static List<String> all(String text) {
    return YamlReader.lenient().readAll("f.yaml", text.getBytes(UTF_8)).stream()
        .map(JsonWriter::compact)
        .toList();
  }

  @Test
  void mergedEntriesReplaceWhatStandsAboveThem() {
    assertThat(json("k: &x {a: 1, b: 2}\nl: {a: 3, <<: *x, b: 4}"))
        .isEqualTo("{\"k\":{\"a\":1,\"b\":2},\"l\":{\"a\":1,\"b\":4}}");
  }

  @Test
  void bytesOfBinaryThatAreNotUtf8AreEachReplaced() {
    assertThat(json("!!binary 12345678901234567890"))
        .isEqualTo("\"\uFFFDm\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDMv\u07CEz\uFFFD\uFFFDt\"");
    assertThat(json("!!binary 7aCA4oKs")).isEqualTo("\"\uFFFD\uFFFD\uFFFD\u20AC\"");
  }

  @Test
  void escapeThatTheTextEndsInIsRefused() {
    for (String text : List.of("a: \"\\u", "\"\\x", "\"\\U", "- \"\\u00e", "{\"\\U0001")) {
      assertThatExceptionOfType(YamlException.class)
          .as(text)
          .isThrownBy(() -> YamlReader.lenient().read("f.yaml", text));
    }
  }

  @Test
  void lineWithATightMarkerAfterPlainTextIsRefused_theScannersReadItDifferently() {
    for (String text : List.of("5\n---n", "5\n\n---:", "--- a\r\n---b", "5\u2028---~")) {
      assertRefused(text, "'---' at the start of a line without a blank behind");
    }
    assertThat(json("5\n--- n")).isEqualTo("5");
    assertThat(json("5\n---")).isEqualTo("5");
    assertThat(json("5 # c\n---n")).isEqualTo("5");
    assertThat(json("a: b\n---c: d")).isEqualTo("{\"a\":\"b\",\"---c\":\"d\"}");
  }

  @Test
  void malformedAnchorBehindTheRootIsRefused() {
    for (String text : List.of("&a *~", "&a &a *~", "&a *b!", "&a *b *~", "a # c\n*~")) {
      assertRefused(text, "");
    }
    for (String text :
        List.of(
            "! *a@",
            "|\n*a`",
            "! ! *\"",
            "! *a%YAML",
            "''&a?",
            "f #\n!\n*\"",
            "&a *a\n*~",
            "[]|-\n\t1\n")) {
      assertRefused(text, "");
    }
    assertThat(json("&a *a")).isEqualTo("null");
    assertThat(json("! !x *a")).isEqualTo("\"\"");
    assertThat(json("[]|-\n 1\n")).isEqualTo("[]");
    assertThat(json("a: &a x\nb: *a")).isEqualTo("{\"a\":\"x\",\"b\":\"x\"}");
  }

  @Test
  void byteOrderMarkThatIsNeitherFirstNorQuotedIsRefused_upstreamCountsItAsAColumn() {
    for (String text :
        List.of(
            "\uFEFF\uFEFF\nb",
            "a: \uFEFFb",
            "a:\n\uFEFF  b: c",
            "# \uFEFF\na",
            "- \"\uFEFF\"\n- \uFEFF")) {
      assertRefused(text, "");
    }
    byte[] two = "\uFEFF\uFEFF\nb".getBytes(UTF_8);
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> YamlReader.lenient().read("f.yaml", two))
        .withMessage("f.yaml: two byte order marks");
    assertThat(json("\uFEFFa: b")).isEqualTo("{\"a\":\"b\"}");
    assertThat(json("- \"\uFEFF\"\n- '\uFEFF'")).isEqualTo("[\"\\ufeff\",\"\\ufeff\"]");
    assertThat(json("a\n---\n\uFEFFb: c")).isEqualTo("\"a\"");
  }

  /** Looking from each to the end of the text would take minutes. */
  @Test
  void hundredsOfThousandsOfScalarsAndCommentsAreEachLookedAtOnce() {
    String text = "#\n".repeat(700_000) + "- \"a\"\n".repeat(700_000);
    YamlValue value = YamlReader.lenient().read("f", text + "- \"\\\\\uFEFF%\"\n");
    assertThat(((YamlSequence) value).values()).hasSize(700_001);
  }

  @Test
  void valueWithoutAColonIsRefused() {
    for (String text : List.of("? ''a", "? 'a' b", "? a # :\n? 'b' 'c'")) {
      assertRefused(text, "");
    }
    assertThat(json("? a # c\n: b\n? 'c'\n? d")).isEqualTo("{\"a\":\"b\",\"c\":null,\"d\":null}");
  }

  @Test
  void tabThatIndentsTheFirstLineOfABlockIsRefused() {
    for (String text : List.of("|\n \t", "a: >-\n\n  \tb", "!!str |\n\tb")) {
      assertRefused(text, "");
    }
    assertThat(json("|\n b\n \tc")).isEqualTo("\"b\\n\\tc\"");
    assertThat(json("|1\n \tc")).isEqualTo("\"\\tc\"");
  }

  @Test
  void tabBehindTheColonOfAnExplicitKeyIsRefused() {
    assertRefused("? a\n:\tb", "");
    assertRefused("- ? a\n  :\tb", "");
    assertThat(json("a:\tb")).isEqualTo("{\"a\":\"b\"}");
  }

  @Test
  void directivesThatUpstreamDoesNotTakeAreRefused() {
    for (String text :
        List.of(
            "%YAML 1.1\n",
            "\uFEFF%YAML 1.1",
            "# c\n%TAG ! x\n# d",
            "%YAMLA",
            "%YAML 1.2\n--- a",
            "%YAML 1.11\n--- a",
            "%YAMLA 1.1\n--- a",
            "%X\n--- a",
            "[]\n%M",
            ">\n%M")) {
      assertRefused(text, "");
    }
    assertThat(json("%YAML 1.1\n--- a")).isEqualTo("\"a\"");
    assertThat(json("# %YAML 1.1\n")).isEqualTo("null");
  }

  private static void assertRefused(String text, String problem) {
    assertThatExceptionOfType(YamlException.class)
        .as(text)
        .isThrownBy(() -> YamlReader.lenient().read("f.yaml", text))
        .withMessageContaining(problem);
  }

  @Test
  void firstOfSeveralMergedMappingsCounts() {
    assertThat(json("- &x {a: 1}\n- &y {a: 2, b: 2}\n- <<: [*x, *y]"))
        .isEqualTo("[{\"a\":1},{\"a\":2,\"b\":2},{\"b\":2,\"a\":1}]");
  }

  @Test
  void lastOfEqualKeysCountsWhenLenientAndIsRefusedWhenStrict() {
    assertThat(json("a: 1\nb: 2\na: 3")).isEqualTo("{\"b\":2,\"a\":3}");
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> YamlReader.strict().read("f.yaml", "a: 1\nb: 2\na: 3"))
        .withMessage("f.yaml:3:1: key already set in map");
  }

  @Test
  void onlyTheFirstDocumentIsReadAndTheRestNotLookedAt() {
    assertThat(json("a: 1\n---\n{[")).isEqualTo("{\"a\":1}");
  }

  @Test
  void anEmptyTextIsNull() {
    assertThat(json("")).isEqualTo("null");
    assertThat(json("# nothing\n")).isEqualTo("null");
  }

  @Test
  void valuesAndKeysKnowLineAndColumn() {
    YamlMapping root =
        (YamlMapping)
            YamlReader.lenient().read("f", "# c\nrules:\n  - verbs: [get,\n      '😀', list]\n");
    YamlMapping.Entry rules = root.entry("rules");
    assertThat(rules).isNotNull();
    assertThat(rules.keyPosition()).isEqualTo(new YamlPosition(2, 1));
    YamlMapping rule = (YamlMapping) ((YamlSequence) rules.value()).values().get(0);
    assertThat(rule.position()).isEqualTo(new YamlPosition(3, 5));
    YamlSequence verbs = (YamlSequence) rule.entries().get(0).value();
    assertThat(verbs.values())
        .extracting(YamlValue::position)
        .containsExactly(new YamlPosition(3, 13), new YamlPosition(4, 7), new YamlPosition(4, 12));
  }

  @Test
  void positionsOfLaterDocumentsCountFromTheTopOfTheFile() {
    List<YamlValue> values =
        YamlReader.lenient()
            .readAll("f", "a: 1\n---\n# c\nb: 2\n---\n\n---\nc: 3\n".getBytes(UTF_8));
    assertThat(values)
        .extracting(YamlValue::position)
        .containsExactly(new YamlPosition(1, 1), new YamlPosition(4, 1), new YamlPosition(8, 1));
  }

  @Test
  void jsonAndYamlGiveTheSamePositions() {
    String text = "{\"a\": [1,\n \"😀\", true]}";
    YamlMapping json = (YamlMapping) YamlReader.lenient().readJson("f", text.getBytes(UTF_8));
    YamlMapping yaml = (YamlMapping) YamlReader.lenient().read("f", text);
    assertThat(((YamlSequence) json.entries().get(0).value()).values())
        .extracting(YamlValue::position)
        .isEqualTo(
            ((YamlSequence) yaml.entries().get(0).value())
                .values().stream().map(YamlValue::position).toList());
  }

  @Test
  void separatorsSplitAndEmptyDocumentsAreLeftOut() {
    assertThat(all("---\na: 1\n--- # c\n\n---\nnull\n---\nb: |\n  x\n"))
        .containsExactly("{\"a\":1}", "{\"b\":\"x\\n\"}");
  }

  @Test
  void aSeparatorLineWithAnythingBehindItIsRefused() {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> all("a: 1\n--- b: 2\n"))
        .withMessageStartingWith("f.yaml:2:4: ");
  }

  @Test
  void jsonObjectsMayFollowEachOtherWithoutSeparator() {
    assertThat(all("{\"a\":1}{\"b\":2}\n{\"c\":\"\\ud83d\\ude00\"}"))
        .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":\"😀\"}");
  }

  @Test
  void nullInAStreamOfJsonIsLeftOut() {
    assertThat(all("{}\nnull")).containsExactly("{}");
  }

  @Test
  void aTextThatOnlyLooksLikeJsonIsReadAsYaml() {
    assertThat(all("{a: 1}\n---\nb: 2\n")).containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(all("{\"a\": 1}\n---\nb: 2\n")).containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @Test
  void tabsIndentJsonReadAsYaml() {
    assertThat(json("{\n\t\"a\":\t[\n\t\t1,\t2\t],\n\t\"b\": \"x\ty\"\t}\n"))
        .isEqualTo("{\"a\":[1,2],\"b\":\"x\\ty\"}");
    assertThat(json("a:\t1\nb: \"x\"\t# c\n")).isEqualTo("{\"a\":1,\"b\":\"x\"}");
    assertThatExceptionOfType(YamlException.class).isThrownBy(() -> json("a:\n\tb: 1\n"));
  }

  @Test
  void utf16IsReadWhenAByteOrderMarkSaysSo() {
    String text = "\uFEFFa: é";
    for (byte[] bytes :
        List.of(text.getBytes(UTF_8), text.getBytes(UTF_16LE), text.getBytes(UTF_16BE))) {
      assertThat(JsonWriter.compact(YamlReader.lenient().read("f", bytes)))
          .isEqualTo("{\"a\":\"é\"}");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedWhereTheyStand() {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> YamlReader.lenient().read("f", new byte[] {'a', '\n', 'b', (byte) 0xC3}))
        .withMessage("f:2:2: not UTF-8 text");
  }

  @Test
  void numbersKeepTheirDigitsAndHowTheyWereWritten() {
    YamlSequence values =
        (YamlSequence) YamlReader.lenient().read("f", "[0x10, 1e3, 18446744073709551615, 1.50]");
    assertThat(values.values())
        .extracting(value -> ((YamlNumber) value).text())
        .containsExactly("16", "1000", "18446744073709551615", "1.5");
    assertThat(values.values())
        .extracting(value -> ((YamlNumber) value).written())
        .containsExactly("0x10", "1e3", "18446744073709551615", "1.50");
  }

  @Test
  void anAliasInsideItsOwnNodeIsRefused() {
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> json("a: &x [*x]"))
        .withMessage("f.yaml:1:8: anchor 'x' value contains itself");
  }

  @Test
  void whatCountsOfARepeatedKeyIsAskedForEachTimeInTheOrderOfTheText() {
    List<String> asked = new ArrayList<>();
    YamlReader reader =
        YamlReader.strict()
            .withRepeatedKeys(
                (before, again) -> {
                  asked.add(again.key() + "@" + again.keyPosition());
                  return before.value();
                })
            .withLimits(YamlLimits.DEFAULT);
    byte[] text = "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 2, \"a\": 3}".getBytes(UTF_8);
    String expected = "{\"b\":{\"c\":1},\"a\":1}";
    assertThat(JsonWriter.compact(reader.readJson("t", text))).isEqualTo(expected);
    assertThat(asked).containsExactly("c@1:24", "a@2:2", "a@2:10");
    asked.clear();
    assertThat(JsonWriter.compact(reader.read("t", text))).isEqualTo(expected);
    assertThat(asked).containsExactly("c@1:24", "a@2:2", "a@2:10");
  }
}
