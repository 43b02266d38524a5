package dev.certwright.yaml;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML and JSON as Kubernetes does.
 *
 * <p>There are two ways in, because upstream has two. {@link #read} is {@code
 * sigs.k8s.io/yaml.YAMLToJSON}: the first YAML document of a text, be it written as YAML or JSON;
 * kubeconfigs and configuration files are read so. {@link #readAll} is {@code kubectl -f}: a stream
 * of objects, JSON if the text begins with a brace and is JSON, otherwise YAML documents split at
 * lines that begin with {@code ---}. JSON read as JSON differs from JSON read as YAML in corners
 * only (tabs, surrogate escapes, keys of more than 1,024 characters).
 *
 * <p>Immutable and safe for any number of threads.
 */
public final class YamlReader {
  private static final YamlReader LENIENT = new YamlReader(new LastCounts(), YamlLimits.DEFAULT);
  private static final YamlReader STRICT = new YamlReader(null, YamlLimits.DEFAULT);

  // Null refuses them, with the name of the text.
  private final @Nullable RepeatedKey repeated;
  private final YamlLimits limits;

  private YamlReader(@Nullable RepeatedKey repeated, YamlLimits limits) {
    this.repeated = repeated;
    this.limits = limits;
  }

  private static final class LastCounts implements RepeatedKey {
    @Override
    public YamlValue resolve(YamlMapping.Entry before, YamlMapping.Entry again) {
      return again.value();
    }
  }

  private record Refused(String source) implements RepeatedKey {
    @Override
    public YamlValue resolve(YamlMapping.Entry before, YamlMapping.Entry again) {
      throw new YamlException(source, again.keyPosition(), "key already set in map");
    }
  }

  /** Of equal keys in one mapping the last one counts: what upstream's decoders do by default. */
  public static YamlReader lenient() {
    return LENIENT;
  }

  /** Equal keys in one mapping are an error, also when they are equal only as strings. */
  public static YamlReader strict() {
    return STRICT;
  }

  /** The same with other limits. */
  public YamlReader withLimits(YamlLimits other) {
    return new YamlReader(repeated, other);
  }

  /** The same, but for equal keys in one mapping: what counts then is asked for. */
  public YamlReader withRepeatedKeys(RepeatedKey asked) {
    return new YamlReader(asked, limits);
  }

  /** The limits that hold. */
  public YamlLimits limits() {
    return limits;
  }

  /**
   * The first document of a file.
   *
   * @throws IOException if the file cannot be read
   * @throws YamlException if it is not YAML; {@link YamlLimitException} if it is too much
   */
  public YamlValue read(Path file) throws IOException {
    return read(file.toString(), YamlText.read(file, limits));
  }

  /**
   * The first document of a text; null when there is none.
   *
   * @param source name of the text, for messages
   * @throws YamlException if it is not YAML; {@link YamlLimitException} if it is too much
   */
  public YamlValue read(String source, byte[] bytes) {
    return read(source, YamlText.decode(source, bytes, limits));
  }

  /** As {@link #read(String, byte[])}, of a text that is decoded already. */
  public YamlValue read(String source, String text) {
    SyntaxNode root = SyntaxParser.first(source, text, limits);
    return root == null
        ? new YamlNull(new YamlPosition(1, 1))
        : new SyntaxResolver(source, repeated(source), limits).resolve(root);
  }

  /**
   * The one JSON value that a text is.
   *
   * @throws YamlException if it is not JSON; {@link YamlLimitException} if it is too much
   */
  public YamlValue readJson(String source, byte[] bytes) {
    String text = YamlText.decode(source, bytes, limits);
    return new JsonParser(source, text, repeated(source), limits).only();
  }

  /**
   * All objects of a file.
   *
   * @throws IOException if the file cannot be read
   * @throws YamlException if it is neither YAML nor JSON; {@link YamlLimitException} if it is too
   *     much
   */
  public List<YamlValue> readAll(Path file) throws IOException {
    return readAll(file.toString(), YamlText.read(file, limits));
  }

  /**
   * All objects of a text, as kubectl takes them from a file given with {@code -f}; documents that
   * are empty or null are left out.
   *
   * @throws YamlException if it is neither YAML nor JSON; {@link YamlLimitException} if it is too
   *     much
   */
  public List<YamlValue> readAll(String source, byte[] bytes) {
    String text = YamlText.decode(source, bytes, limits);
    List<YamlValue> values = new ArrayList<>();
    if (!beginsWithBrace(text)) {
      addDocuments(source, new DocumentSplitter(source, text, 0, 0), values);
      return values;
    }
    JsonParser json = new JsonParser(source, text, repeated(source), limits);
    int from = 0;
    int read = 0;
    try {
      while (json.hasMore()) {
        add(values, json.next());
        from = json.index();
        read++;
      }
      return values;
    } catch (YamlLimitException e) {
      throw e;
    } catch (YamlException e) {
      // Upstream goes on with YAML where JSON ended, unless two objects made it clear what it is.
      if (read > 1) {
        throw e;
      }
      return yamlAfterJson(source, text, from, values, e);
    }
  }

  private RepeatedKey repeated(String source) {
    return repeated == null ? new Refused(source) : repeated;
  }

  private static void add(List<YamlValue> values, YamlValue value) {
    if (!(value instanceof YamlNull)) {
      values.add(value);
    }
  }

  private List<YamlValue> yamlAfterJson(
      String source, String text, int consumed, List<YamlValue> values, YamlException jsonProblem) {
    int from = consumed;
    while (from < text.length() && Character.isWhitespace(text.charAt(from))) {
      from++;
      if (text.charAt(from - 1) == '\n') {
        break;
      }
    }
    try {
      addDocuments(source, new DocumentSplitter(source, text, from, lineOf(text, from)), values);
    } catch (YamlLimitException e) {
      throw e;
    } catch (YamlException e) {
      throw jsonProblem;
    }
    return values;
  }

  private void addDocuments(String source, DocumentSplitter documents, List<YamlValue> values) {
    YamlLimits left = limits;
    while (documents.next()) {
      SyntaxNode root = SyntaxParser.first(source, documents.document(), documents.line(), left);
      if (root == null) {
        continue;
      }
      SyntaxResolver resolver = new SyntaxResolver(source, repeated(source), left);
      add(values, resolver.resolve(root));
      left = left.withMaxNodes(Math.max(1, left.maxNodes() - resolver.nodes()));
    }
  }

  private static int lineOf(String text, int index) {
    int line = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  private static boolean beginsWithBrace(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        return true;
      }
      if (!Character.isWhitespace(c) && c != '\u00A0' && c != '\u0085') {
        return false;
      }
    }
    return false;
  }
}
