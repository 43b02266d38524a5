package dev.certwright.rbac.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query as {@code net/url.ParseQuery} of Go gives them: the first value of each
 * key, or all. Parts with a semicolon or a malformed escape are dropped, keys are case-sensitive.
 * Texts have one character a byte.
 */
public final class QueryParameters {
  private static final int MOST = 10_000;
  private static final QueryParameters NONE = new QueryParameters(Map.of());

  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Those of a request.
   *
   * @param target as on the request line, with query, not decoded
   */
  public static QueryParameters ofTarget(String target) {
    int mark = target.indexOf('?');
    return mark < 0 ? NONE : parse(ByteText.of(target.substring(mark + 1)));
  }

  /** The first value as text, null if there is none. */
  public @Nullable String text(String key) {
    String value = get(key);
    return value == null ? null : ByteText.toText(value);
  }

  /** All values as texts, in their order. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (String value : values.getOrDefault(key, List.of())) {
      texts.add(ByteText.toText(value));
    }
    return texts;
  }

  static QueryParameters parse(String query) {
    if (query.isEmpty() || count(query) > MOST) {
      return NONE;
    }
    Map<String, List<String>> values = new HashMap<>();
    int from = 0;
    while (from <= query.length()) {
      int mark = query.indexOf('&', from);
      int end = mark < 0 ? query.length() : mark;
      add(values, query.substring(from, end));
      from = end + 1;
    }
    return new QueryParameters(values);
  }

  private static void add(Map<String, List<String>> values, String part) {
    if (part.isEmpty() || part.indexOf(';') >= 0) {
      return;
    }
    int equals = part.indexOf('=');
    String key = equals < 0 ? part : part.substring(0, equals);
    String value = equals < 0 ? "" : part.substring(equals + 1);
    try {
      String decoded = Escapes.QUERY.decode(value);
      values.computeIfAbsent(Escapes.QUERY.decode(key), name -> new ArrayList<>(1)).add(decoded);
    } catch (RequestLineException e) {
      // Go notes the error, which upstream does not look at, and goes on with the next part.
      return;
    }
  }

  private static int count(String query) {
    int count = 1;
    for (int i = 0; i < query.length(); i++) {
      if (query.charAt(i) == '&') {
        count++;
      }
    }
    return count;
  }

  /** The first value, null if there is none. */
  @Nullable String get(String key) {
    List<String> all = values.get(key);
    return all == null ? null : all.get(0);
  }

  /** Whether there is no parameter. */
  boolean isEmpty() {
    return values.isEmpty();
  }
}
