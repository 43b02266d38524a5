package dev.certwright.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a YAML document as it was written: nothing resolved, no alias followed.
 *
 * <p>{@code start} and {@code end} are indices of chars in the parsed text, end exclusive. A node's
 * stretch includes its tag and anchor ({@code start} is at them) and, for block collections, ends
 * with the last character of the last child's own text, before any comment behind it. An empty node
 * has {@code start == end}.
 */
public sealed interface SyntaxNode {

  /** Where the node begins, tag and anchor included. */
  YamlPosition position();

  /** Index of the first char. */
  int start();

  /** Index behind the last char. */
  int end();

  /** The name behind {@code &}, null if there is none. */
  @Nullable String anchor();

  /** A scalar's style. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  /**
   * A scalar.
   *
   * @param tag resolved tag such as {@code tag:yaml.org,2002:str}, {@code !} if that is all that
   *     was written, null if there is none
   * @param resolvable what upstream calls implicit: plain without a tag, or tagged {@code !}
   * @param value the text, unquoted and unfolded
   */
  record Scalar(
      YamlPosition position,
      int start,
      int end,
      @Nullable String anchor,
      @Nullable String tag,
      boolean resolvable,
      Style style,
      String value)
      implements SyntaxNode {
    @Override
    public String toString() {
      return style + " scalar at " + position;
    }
  }

  /**
   * A sequence.
   *
   * @param flow whether it was written in brackets
   * @param indent how many characters stand before the dashes of a block sequence; 0 for flow
   * @param items in order
   */
  record Sequence(
      YamlPosition position,
      int start,
      int end,
      @Nullable String anchor,
      boolean flow,
      int indent,
      List<SyntaxNode> items)
      implements SyntaxNode {}

  /**
   * A mapping; keys may repeat, may be any node, may be {@code <<}.
   *
   * @param flow whether it was written in braces
   * @param pairs in order
   */
  record Mapping(
      YamlPosition position,
      int start,
      int end,
      @Nullable String anchor,
      boolean flow,
      List<Pair> pairs)
      implements SyntaxNode {}

  /** A key and its value. */
  record Pair(SyntaxNode key, SyntaxNode value) {}

  /**
   * An alias.
   *
   * @param name the name behind {@code *}
   * @param target the node the name stood for there; it may contain the alias
   */
  record Alias(YamlPosition position, int start, int end, String name, Target target)
      implements SyntaxNode {
    @Override
    public @Nullable String anchor() {
      return null;
    }
  }

  /** The node an anchor names, known once it has been read to its end. */
  final class Target {
    private @Nullable SyntaxNode node;

    void is(SyntaxNode anchored) {
      node = anchored;
    }

    /** The node; null only while it is being parsed. */
    public @Nullable SyntaxNode node() {
      return node;
    }
  }
}
