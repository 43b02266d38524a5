package dev.certwright.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Text to {@link SyntaxNode}s, by the event parser of snakeyaml-engine.
 *
 * <p>Its composer is not used: it knows neither of positions in the text nor of upstream's reading
 * of scalars, and follows aliases without a budget of work.
 */
public final class SyntaxParser {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  private final String source;
  private final String text;
  private final int maxDepth;
  private final ParserImpl parser;
  private final Map<String, SyntaxNode.Target> anchors = new HashMap<>();

  // Marks count code points; this pair walks the text alongside to give chars.
  private int knownCodePoint;
  private int knownChar;
  private final boolean basicPlaneOnly;

  private final int linesBefore;

  private SyntaxParser(String source, String text, int linesBefore, YamlLimits limits) {
    this.source = source;
    this.linesBefore = linesBefore;
    this.text = text;
    this.maxDepth = limits.maxDepth();
    this.basicPlaneOnly = text.codePointCount(0, text.length()) == text.length();
    this.parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  /**
   * The root of the first document; what follows it is not looked at, as upstream does.
   *
   * @return null if the text holds no document at all
   * @throws YamlException if the first document is not YAML
   * @throws YamlLimitException if it is nested too deep
   */
  public static @Nullable SyntaxNode first(String source, String text, YamlLimits limits) {
    return first(source, text, 0, limits);
  }

  static @Nullable SyntaxNode first(
      String source, String text, int linesBefore, YamlLimits limits) {
    SyntaxParser parser = new SyntaxParser(source, text, linesBefore, limits);
    try {
      return parser.document();
    } catch (MarkedYamlEngineException e) {
      throw parser.malformed(e);
    } catch (ReaderException e) {
      throw new YamlException(
          source, parser.positionOf(e.getPosition()), "control characters are not allowed");
    } catch (YamlEngineException e) {
      throw new YamlException(source, YamlPosition.NONE, "not YAML");
    }
  }

  private YamlException malformed(MarkedYamlEngineException e) {
    Optional<Mark> mark = e.getProblemMark().isPresent() ? e.getProblemMark() : e.getContextMark();
    String context = e.getContext();
    String problem = e.getProblem();
    return new YamlException(
        source,
        mark.isPresent() ? position(mark.get()) : YamlPosition.NONE,
        "not YAML: " + (context == null ? problem : context + ", " + problem));
  }

  private YamlPosition positionOf(int codePoint) {
    int line = linesBefore + 1;
    int column = 1;
    int end = Math.min(text.length(), charIndex(codePoint));
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new YamlPosition(line, column);
  }

  private @Nullable SyntaxNode document() {
    parser.next();
    if (!parser.checkEvent(Event.ID.DocumentStart)) {
      return null;
    }
    parser.next();
    SyntaxNode root = node(0);
    // Asking for the end makes the parser refuse what stands behind the root in the same document.
    parser.next();
    return root;
  }

  private SyntaxNode node(int depth) {
    Event event = parser.next();
    Mark start = event.getStartMark().orElseThrow();
    if (event instanceof AliasEvent alias) {
      return alias(alias, start);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, start);
    }
    CollectionStartEvent collection = (CollectionStartEvent) event;
    if (depth >= maxDepth) {
      throw new YamlLimitException(
          source, position(start), "nested deeper than " + maxDepth + " levels");
    }
    return collection instanceof MappingStartEvent
        ? mapping(collection, start, depth)
        : sequence(collection, start, depth);
  }

  private SyntaxNode alias(AliasEvent event, Mark start) {
    String name = event.getAlias().getValue();
    SyntaxNode.Target target = anchors.get(name);
    if (target == null) {
      throw new YamlException(source, position(start), "unknown anchor '" + name + "' referenced");
    }
    return new SyntaxNode.Alias(
        position(start),
        charIndex(start),
        charIndex(event.getEndMark().orElseThrow()),
        name,
        target);
  }

  private SyntaxNode scalar(ScalarEvent event, Mark start) {
    String anchor = anchor(event.getAnchor());
    String tag = event.getTag().orElse(null);
    boolean nonSpecific = "!".equals(tag);
    int startIndex = charIndex(start);
    int end = charIndex(event.getEndMark().orElseThrow());
    SyntaxNode.Scalar scalar =
        new SyntaxNode.Scalar(
            position(start),
            startIndex,
            end,
            anchor,
            nonSpecific ? null : tag,
            nonSpecific || (tag == null && event.isPlain()),
            style(event.getScalarStyle()),
            event.getValue());
    register(anchor).is(scalar);
    return scalar;
  }

  private SyntaxNode sequence(CollectionStartEvent event, Mark start, int depth) {
    String anchor = anchor(event.getAnchor());
    SyntaxNode.Target target = register(anchor);
    int startIndex = charIndex(start);
    int end = charIndex(event.getEndMark().orElseThrow());
    List<SyntaxNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      SyntaxNode item = node(depth + 1);
      items.add(item);
      end = Math.max(end, item.end());
    }
    Event last = parser.next();
    if (event.isFlow()) {
      end = charIndex(last.getEndMark().orElseThrow());
    }
    SyntaxNode.Sequence sequence =
        new SyntaxNode.Sequence(
            position(start), startIndex, end, anchor, event.isFlow(), List.copyOf(items));
    target.is(sequence);
    return sequence;
  }

  private SyntaxNode mapping(CollectionStartEvent event, Mark start, int depth) {
    String anchor = anchor(event.getAnchor());
    SyntaxNode.Target target = register(anchor);
    int startIndex = charIndex(start);
    int end = charIndex(event.getEndMark().orElseThrow());
    List<SyntaxNode.Pair> pairs = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      SyntaxNode key = node(depth + 1);
      SyntaxNode value = node(depth + 1);
      pairs.add(new SyntaxNode.Pair(key, value));
      end = Math.max(end, Math.max(key.end(), value.end()));
    }
    Event last = parser.next();
    if (event.isFlow()) {
      end = charIndex(last.getEndMark().orElseThrow());
    }
    SyntaxNode.Mapping mapping =
        new SyntaxNode.Mapping(
            position(start), startIndex, end, anchor, event.isFlow(), List.copyOf(pairs));
    target.is(mapping);
    return mapping;
  }

  /** An anchor counts from where it stands, so that an alias inside its own node finds it. */
  private SyntaxNode.Target register(@Nullable String anchor) {
    SyntaxNode.Target target = new SyntaxNode.Target();
    if (anchor != null) {
      anchors.put(anchor, target);
    }
    return target;
  }

  private static @Nullable String anchor(Optional<Anchor> anchor) {
    return anchor.isPresent() ? anchor.get().getValue() : null;
  }

  private static SyntaxNode.Style style(ScalarStyle style) {
    return switch (style) {
      case DOUBLE_QUOTED -> SyntaxNode.Style.DOUBLE_QUOTED;
      case SINGLE_QUOTED -> SyntaxNode.Style.SINGLE_QUOTED;
      case LITERAL -> SyntaxNode.Style.LITERAL;
      case FOLDED -> SyntaxNode.Style.FOLDED;
      default -> SyntaxNode.Style.PLAIN;
    };
  }

  private YamlPosition position(Mark mark) {
    return new YamlPosition(linesBefore + mark.getLine() + 1, mark.getColumn() + 1);
  }

  private int charIndex(Mark mark) {
    return charIndex(mark.getIndex());
  }

  private int charIndex(int codePoint) {
    if (basicPlaneOnly) {
      return codePoint;
    }
    knownChar = text.offsetByCodePoints(knownChar, codePoint - knownCodePoint);
    knownCodePoint = codePoint;
    return knownChar;
  }
}
