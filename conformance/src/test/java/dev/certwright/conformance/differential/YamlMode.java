package dev.certwright.conformance.differential;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Texts that are nearly YAML, as sigs.k8s.io/yaml reads them. */
final class YamlMode implements Mode {
  /** Blanks, line breaks, comments and directives. */
  private static final String NOTHING =
      "(?s)([\\s\\uFEFF\\x85\\u2028\\u2029]|#[^\\n]*\\n|%[^\\n]*\\n)*";

  private static final String LINE_START = "(^|[\\n\\r\\x85\\u2028\\u2029])";

  /** Something in a text that we refuse on purpose, and how we say it. */
  private record Stricter(String kind, Pattern construct, Pattern refusal) {
    Stricter(String kind, String construct, String refusal) {
      this(kind, Pattern.compile(construct), Pattern.compile(refusal));
    }
  }

  /** Upstream hands the collection out and drops the rest. */
  private static final Pattern EMPTY_KEY =
      Pattern.compile("\\A" + NOTHING + "(---\\s)?" + NOTHING + "(\\[\\s*\\]|\\{\\s*\\})[^\\n]*:");

  private static final List<Stricter> STRICTER =
      List.of(
          new Stricter(
              "-stricter-tab",
              LINE_START + "[ \uFEFF]*\t",
              "\\(TAB\\)|a tab where a block's indentation is expected$"),
          new Stricter(
              "-stricter-anchor",
              "[&*]",
              "an anchor's name has letters|scanning an anchor|scanning an alias"
                  + "|a malformed anchor behind the document's value$"),
          new Stricter("-stricter-anchor", "[&*][\\w-]+\\?", ""),
          new Stricter("-stricter-marker", LINE_START + "---\\S", "'---' at the start"),
          new Stricter("-stricter-block", "[|>][-+0-9]*(#| *\t)", "scanning a block scalar"),
          new Stricter("-stricter-tag", "!", "scanning a tag"),
          new Stricter(
              "-stricter-escape",
              "\"[^\"]*\\\\['\t]",
              "found unknown escape character ('\\(39|\t\\(9)\\)$"),
          new Stricter(
              "-stricter-mark",
              "(?s)\\A.+\uFEFF",
              "(a byte order mark behind the start of the text|two byte order marks)$"),
          new Stricter("-stricter-colon", ":[,\\[\\]{}]", "':' without a blank behind it$"));

  private static final String[] TOKENS = {
    "a",
    "b",
    "é",
    "x: ",
    "- ",
    "? ",
    ": ",
    ":",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ",",
    "'",
    "''",
    "\"",
    "\\n",
    "\\u00e9",
    "\\",
    "#",
    " # c",
    "&a ",
    "*a",
    "!!str ",
    "!!int ",
    "!!binary ",
    "! ",
    "|",
    "|-\n",
    ">\n",
    ">+\n",
    "---\n",
    "...\n",
    "%YAML 1.1\n",
    "<<: ",
    "~",
    "null",
    "true",
    "yes",
    "Off",
    "1",
    "0x1F",
    "0o7",
    "017",
    "1e3",
    ".5",
    "-.inf",
    ".NaN",
    "1_000",
    "1:30",
    "2001-01-01",
    "0b11",
    "12345678901234567890",
    "=",
    "@",
    "`",
    "\t",
    "\r\n",
    "\u0000",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "\u00A0",
    "\uD83D\uDE00",
    "\u0007"
  };
  private static final String[] SEEDS = {
    "a: 1\nb:\n- x\n- {c: d}\n",
    "- a\n-\n  b: c\n  d: e\n",
    "a: &x [1, 2]\nb: *x\n",
    "{\"a\": [1, true, null, \"x\"], \"b\": {}}",
    "a: |\n  text\n  more\nb: >-\n  folded\n  text\n",
    "? a\n: b\n",
    "a: 'it''s'\nb: \"x\\ty\"\n",
    "<<: {a: 1}\nb: 2\n",
    "a:\n  <<: &m {b: 1}\n  c: *m\n",
    "kind: Config\nusers:\n- name: u\n  user: {token: t}\n",
    "5\n\t",
    "[]: 1\n",
    "{b:}",
    "%YAML 1.1\n",
    "\u0085\t",
    "? ''a\n",
    "&a *~",
    "|#",
    "5\n---n",
    "5\n---:",
    "&a??",
    "a: \"it\\'s\"\n",
    "a: >-\t\n  b\n",
    "!.5!b a\n",
    "\uFEFF\uFEFF : \nb"
  };

  @Override
  public String name() {
    return "yaml";
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    StringBuilder text = new StringBuilder();
    if (choices.once(2)) {
      for (int count = 1 + random.nextInt(14); count > 0; count--) {
        text.append(choices.of(TOKENS));
      }
    } else {
      String seed = choices.of(SEEDS);
      for (int count = random.nextInt(4); count > 0; count--) {
        seed = choices.damaged(seed, TOKENS);
      }
      text.append(seed);
    }
    return YamlMapping.builder().put("yaml", whole(text.toString())).build();
  }

  /** Half a character, left by the damage, cannot be sent. */
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    String yaml = Choices.text(question, "yaml");
    byte[] text = yaml.getBytes(StandardCharsets.UTF_8);
    List<Difference> differences = new ArrayList<>();
    String error = Choices.text(answer, "error");
    String theirs = error.isEmpty() ? sorted(Choices.text(answer, "json")) : "refused: " + error;
    compare("lenient", yaml, read(YamlReader.lenient(), text), theirs, differences);
    String strictError = Choices.text(answer, "strictError");
    String strict = strictError.isEmpty() ? theirs : "refused: " + strictError;
    compare("strict", yaml, read(YamlReader.strict(), text), strict, differences);
    return differences;
  }

  private static void compare(
      String kind, String yaml, String ours, String theirs, List<Difference> differences) {
    boolean weRefuse = ours.startsWith("refused: ");
    boolean theyRefuse = theirs.startsWith("refused: ");
    if (ours.equals(theirs) || weRefuse && theyRefuse) {
      return;
    }
    String suffix =
        weRefuse ? stricter(yaml, ours, theirs) : theyRefuse ? laxer(yaml, theirs) : "-other";
    differences.add(new Difference(kind + suffix, "ours:     " + ours + "\nupstream: " + theirs));
  }

  /**
   * Only where our refusal is about a construct that is in the text: a listed kind excuses nothing
   * else that happens to be said in the same words.
   */
  private static String stricter(String yaml, String ours, String theirs) {
    boolean nothing = theirs.equals("[]") || theirs.equals("{}");
    if (nothing && EMPTY_KEY.matcher(yaml).find()) {
      return "-stricter-key";
    }
    for (Stricter each : STRICTER) {
      if (each.refusal.matcher(ours).find() && each.construct.matcher(yaml).find()) {
        return each.kind;
      }
    }
    return "-stricter";
  }

  /** Only where what upstream says is about that very construct of the text. */
  private static String laxer(String yaml, String theirs) {
    boolean tab =
        theirs.endsWith("found character that cannot start any token")
            || theirs.endsWith("found a tab character that violates indentation");
    if (tab && yaml.matches("(?s).*[\\x85\\u2028\\u2029][ \\x85\\u2028\\u2029]*\\t.*")) {
      return "-laxer-break";
    }
    return "-laxer";
  }

  private static String read(YamlReader reader, byte[] text) {
    try {
      return JsonWriter.compact(sorted(reader.read("text", text)));
    } catch (YamlException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static String sorted(String json) {
    return JsonWriter.compact(
        sorted(YamlReader.lenient().readJson("json", json.getBytes(StandardCharsets.UTF_8))));
  }

  /** encoding/json sorts the keys of maps. */
  private static YamlValue sorted(YamlValue value) {
    if (value instanceof YamlSequence sequence) {
      List<YamlValue> values = new ArrayList<>();
      for (YamlValue item : sequence.values()) {
        values.add(sorted(item));
      }
      return YamlSequence.of(values);
    }
    if (value instanceof YamlMapping mapping) {
      YamlMapping.Builder builder = YamlMapping.builder();
      mapping.entries().stream()
          .sorted((a, b) -> a.key().compareTo(b.key()))
          .forEach(entry -> builder.put(entry.key(), sorted(entry.value())));
      return builder.build();
    }
    return value;
  }
}
