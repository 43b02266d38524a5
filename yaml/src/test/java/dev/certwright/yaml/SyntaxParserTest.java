package dev.certwright.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntaxParserTest {

  /** Every node's own stretch of text, in the order nodes end. */
  private static List<String> stretches(String text) {
    List<String> found = new ArrayList<>();
    SyntaxNode root = SyntaxParser.first("f", text, YamlLimits.DEFAULT);
    assertThat(root).isNotNull();
    collect(text, root, found);
    return found;
  }

  private static void collect(String text, SyntaxNode node, List<String> found) {
    if (node instanceof SyntaxNode.Mapping mapping) {
      for (SyntaxNode.Pair pair : mapping.pairs()) {
        collect(text, pair.key(), found);
        collect(text, pair.value(), found);
      }
    } else if (node instanceof SyntaxNode.Sequence sequence) {
      for (SyntaxNode item : sequence.items()) {
        collect(text, item, found);
      }
    }
    found.add(text.substring(node.start(), node.end()));
  }

  @Test
  void aNodeEndsWithItsOwnTextNotWithTheCommentsBehindIt() {
    assertThat(stretches("a:\n- b: 1 # c\n\n# d\ne: f\n"))
        .containsExactly("a", "b", "1", "b: 1", "- b: 1", "e", "f", "a:\n- b: 1 # c\n\n# d\ne: f");
  }

  @Test
  void flowCollectionsAndQuotesAreWhole() {
    assertThat(stretches("{\"a\": [1, 'x']} # c"))
        .containsExactly("\"a\"", "1", "'x'", "[1, 'x']", "{\"a\": [1, 'x']}");
  }

  @Test
  void stretchesCountCharsAlsoBehindCharactersOfTwo() {
    assertThat(stretches("\uD83D\uDE00: \uD83D\uDE00\nb: c"))
        .containsExactly(
            "\uD83D\uDE00", "\uD83D\uDE00", "b", "c", "\uD83D\uDE00: \uD83D\uDE00\nb: c");
  }

  @Test
  void anEmptyValueHasNoStretch() {
    assertThat(stretches("a:\nb:\n")).containsExactly("a", "", "b", "", "a:\nb:");
  }

  @Test
  void lineEndsMayBeCarriageReturnAndLineFeed() {
    assertThat(stretches("a: b\r\nc:\r\n- d\r\n"))
        .containsExactly("a", "b", "c", "d", "- d", "a: b\r\nc:\r\n- d");
  }
}
