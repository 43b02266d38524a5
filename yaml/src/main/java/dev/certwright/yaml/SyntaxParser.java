package dev.certwright.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * Text to {@link SyntaxNode}s, by the event parser of SnakeYAML.
 *
 * <p>Its composer is not used: it knows neither of positions in the text nor of upstream's reading
 * of scalars, and follows aliases without a budget of work. SnakeYAML and go-yaml v2 are both
 * children of YAML 1.1's reference scanner; where they part, {@link ScannerDifferences} and this
 * class refuse what would be read differently.
 */
public final class SyntaxParser {
  // A limit of its own would be a second one: texts are bounded before they come here.
  private static final LoaderOptions OPTIONS = unlimited();

  private final String source;
  private final String text;
  private final int linesBefore;
  private final int maxDepth;
  private final int maxNodes;
  private final WholeText reader;
  private final ParserImpl parser;
  private final ScannerDifferences differences;
  private final Map<String, SyntaxNode.Target> anchors = new HashMap<>();

  // Marks count code points; this pair walks the text alongside to give chars.
  private final boolean basicPlaneOnly;
  private int knownCodePoint;
  private int knownChar;
  private int nodes;

  private SyntaxParser(String source, String text, int linesBefore, YamlLimits limits) {
    this.source = source;
    this.text = text;
    this.linesBefore = linesBefore;
    this.maxDepth = limits.maxDepth();
    this.maxNodes = limits.maxNodes();
    this.basicPlaneOnly = text.codePointCount(0, text.length()) == text.length();
    this.reader = new WholeText(text);
    this.parser = new ParserImpl(reader, OPTIONS);
    this.differences = new ScannerDifferences(source, text);
  }

  private static LoaderOptions unlimited() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    return options;
  }

  /**
   * The root of the first document; what follows it is not looked at, as upstream does.
   *
   * @param source name of the text, for messages
   * @return null if the text holds no document at all
   * @throws YamlException if the first document is not YAML
   * @throws YamlLimitException if it is nested too deep
   */
  public static @Nullable SyntaxNode first(String source, String text, YamlLimits limits) {
    return first(source, text, 0, limits);
  }

  static @Nullable SyntaxNode first(
      String source, String text, int linesBefore, YamlLimits limits) {
    String softened = SeparatingTabs.inFlowRoot(text);
    for (int attempt = 0; ; attempt++) {
      SyntaxParser parser = new SyntaxParser(source, softened, linesBefore, limits);
      try {
        parser.refuseUnprintable();
        return parser.document();
      } catch (MarkedYAMLException e) {
        String again =
            attempt < SeparatingTabs.ATTEMPTS && e.getProblemMark() != null
                ? SeparatingTabs.at(softened, parser.charIndex(e.getProblemMark()))
                : null;
        if (again == null) {
          throw parser.malformed(e);
        }
        softened = again;
      } catch (YAMLException e) {
        // The scanner's own checks, thrown without a place.
        throw new YamlException(source, YamlPosition.NONE, "not YAML");
      } catch (NumberFormatException e) {
        // The scanner parses the digits of an escape that the text ends in.
        throw new YamlException(
            source, YamlPosition.NONE, "not YAML: the text ends in the middle of an escape");
      }
    }
  }

  private void refuseUnprintable() {
    int bad = reader.firstUnprintable();
    if (bad >= 0) {
      reader.forward(bad);
      throw new YamlException(
          source, position(reader.getMark()), "control characters are not allowed");
    }
  }

  private YamlException malformed(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
    String context = e.getContext();
    String problem = e.getProblem();
    return new YamlException(
        source,
        mark != null ? position(mark) : YamlPosition.NONE,
        "not YAML: " + (context == null ? problem : context + ", " + problem));
  }

  private @Nullable SyntaxNode document() {
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.DocumentStart)) {
      differences.refuseDirectiveAlone();
      return null;
    }
    parser.getEvent();
    SyntaxNode root = node(0);
    differences.refuseAround(root);
    // Asking for the end makes the parser refuse what stands behind the root in the same document.
    parser.getEvent();
    return root;
  }

  private SyntaxNode node(int depth) {
    Event event = parser.getEvent();
    if (++nodes > maxNodes) {
      throw new YamlLimitException(
          source, position(event.getStartMark()), "too many keys and values");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    CollectionStartEvent collection = (CollectionStartEvent) event;
    if (depth >= maxDepth) {
      throw new YamlLimitException(
          source, position(event.getStartMark()), "nested deeper than " + maxDepth + " levels");
    }
    return collection instanceof MappingStartEvent
        ? mapping(collection, depth)
        : sequence(collection, depth);
  }

  private SyntaxNode alias(AliasEvent event) {
    String name = event.getAnchor();
    checkName(name, event);
    YamlPosition position = position(event.getStartMark());
    SyntaxNode.Target target = anchors.get(name);
    if (target == null) {
      throw new YamlException(source, position, "unknown anchor '" + name + "' referenced");
    }
    return new SyntaxNode.Alias(
        position, charIndex(event.getStartMark()), charIndex(event.getEndMark()), name, target);
  }

  private SyntaxNode scalar(ScalarEvent event) {
    String tag = event.getTag();
    YamlPosition position = position(event.getStartMark());
    int start = charIndex(event.getStartMark());
    int end = charIndex(event.getEndMark());
    SyntaxNode.Style style = style(event.getScalarStyle());
    if (style == SyntaxNode.Style.SINGLE_QUOTED || style == SyntaxNode.Style.DOUBLE_QUOTED) {
      differences.quoted(start, end);
    }
    if (style == SyntaxNode.Style.PLAIN) {
      refuseTightColon(position, end);
    } else if (style == SyntaxNode.Style.DOUBLE_QUOTED) {
      refuseSurrogates(position, start, end);
    } else if (style != SyntaxNode.Style.SINGLE_QUOTED) {
      differences.refuseTabAsIndentation(position, start);
    }
    SyntaxNode.Scalar scalar =
        new SyntaxNode.Scalar(
            position,
            start,
            end,
            event.getAnchor(),
            tag,
            tag == null ? event.isPlain() : tag.equals("!"),
            style,
            event.getValue());
    register(event).is(scalar);
    return scalar;
  }

  /** In {@code {a:[1]}} one scanner sees the key {@code a}, the other {@code a:}. */
  private void refuseTightColon(YamlPosition position, int end) {
    int colon = end;
    while (colon < text.length() && (text.charAt(colon) == ' ' || text.charAt(colon) == '\t')) {
      colon++;
    }
    if (colon + 1 < text.length()
        && text.charAt(colon) == ':'
        && ",[]{}".indexOf(text.charAt(colon + 1)) >= 0) {
      throw new YamlException(source, position, "not YAML: ':' without a blank behind it");
    }
  }

  private void refuseSurrogates(YamlPosition position, int start, int end) {
    int at = start;
    while (at + 3 < end) {
      boolean escape = text.charAt(at) == '\\';
      if (escape
          && text.charAt(at + 1) == 'u'
          && (text.charAt(at + 2) | 0x20) == 'd'
          && Character.digit(text.charAt(at + 3), 16) >= 8) {
        throw new YamlException(
            source, position, "not YAML: the escape of a surrogate is no character");
      }
      at += escape ? 2 : 1;
    }
  }

  private SyntaxNode sequence(CollectionStartEvent event, int depth) {
    SyntaxNode.Target target = register(event);
    int start = charIndex(event.getStartMark());
    int end = charIndex(event.getEndMark());
    List<SyntaxNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      SyntaxNode item = node(depth + 1);
      items.add(item);
      end = Math.max(end, item.end());
    }
    Event last = parser.getEvent();
    if (event.isFlow()) {
      end = charIndex(last.getEndMark());
    }
    SyntaxNode.Sequence sequence =
        new SyntaxNode.Sequence(
            position(event.getStartMark()),
            start,
            end,
            event.getAnchor(),
            event.isFlow(),
            event.isFlow() ? 0 : dashColumn(event.getEndMark()),
            List.copyOf(items));
    target.is(sequence);
    return sequence;
  }

  /** The event ends before the first dash, or behind it where the sequence opens no block. */
  private int dashColumn(Mark end) {
    int index = charIndex(end);
    boolean before = index < text.length() && text.charAt(index) == '-';
    return before ? end.getColumn() : end.getColumn() - 1;
  }

  private SyntaxNode mapping(CollectionStartEvent event, int depth) {
    SyntaxNode.Target target = register(event);
    int start = charIndex(event.getStartMark());
    int end = charIndex(event.getEndMark());
    List<SyntaxNode.Pair> pairs = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      SyntaxNode key = node(depth + 1);
      SyntaxNode value = node(depth + 1);
      if (!event.isFlow()) {
        refuseValueWithoutColon(key, value);
      }
      pairs.add(new SyntaxNode.Pair(key, value));
      end = Math.max(end, Math.max(key.end(), value.end()));
    }
    Event last = parser.getEvent();
    if (event.isFlow()) {
      end = charIndex(last.getEndMark());
    }
    SyntaxNode.Mapping mapping =
        new SyntaxNode.Mapping(
            position(event.getStartMark()),
            start,
            end,
            event.getAnchor(),
            event.isFlow(),
            List.copyOf(pairs));
    target.is(mapping);
    return mapping;
  }

  /** In {@code ? 'a' b} SnakeYAML sees a key and its value. */
  private void refuseValueWithoutColon(SyntaxNode key, SyntaxNode value) {
    boolean written = value instanceof SyntaxNode.Scalar && value.start() < value.end();
    if (!written || key instanceof SyntaxNode.Mapping || key instanceof SyntaxNode.Sequence) {
      return;
    }
    int at = key.end();
    while (at < value.start() && text.charAt(at) != ':') {
      if (text.charAt(at) == '#') {
        while (at < value.start() && ScannerDifferences.BREAKS.indexOf(text.charAt(at)) < 0) {
          at++;
        }
      } else {
        at++;
      }
    }
    if (at >= value.start()) {
      throw new YamlException(source, value.position(), "not YAML: a value without ':' before it");
    }
  }

  private void checkName(String name, NodeEvent event) {
    for (int i = 0; i < name.length(); i++) {
      if (!ScannerDifferences.isNameCharacter(name.charAt(i))) {
        throw new YamlException(
            source,
            position(event.getStartMark()),
            "not YAML: an anchor's name has letters, digits, '-' and '_' only");
      }
    }
  }

  /** An anchor counts from where it stands, so that an alias inside its own node finds it. */
  private SyntaxNode.Target register(NodeEvent event) {
    SyntaxNode.Target target = new SyntaxNode.Target();
    String anchor = event.getAnchor();
    if (anchor != null) {
      checkName(anchor, event);
      anchors.put(anchor, target);
    }
    return target;
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
