package dev.certwright.rbac.request;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query as {@code net/url.ParseQuery} of Go gives them: of each key the first
 * value. Parts with a semicolon or a malformed escape are dropped, keys are case-sensitive. Texts
 * have one character a byte.
 */
public final class QueryParameters {
  private static final int MOST = 10_000;
  private static final QueryParameters NONE = new QueryParameters(Map.of());

  private final Map<String, String> first;

  private QueryParameters(Map<String, String> first) {
    this.first = first;
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
    String value = first.get(key);
    return value == null ? null : ByteText.toText(value);
  }

  static QueryParameters parse(String query) {
    if (query.isEmpty() || count(query) > MOST) {
      return NONE;
    }
    Map<String, String> first = new HashMap<>();
    int from = 0;
    while (from <= query.length()) {
      int mark = query.indexOf('&', from);
      int end = mark < 0 ? query.length() : mark;
      add(first, query.substring(from, end));
      from = end + 1;
    }
    return new QueryParameters(first);
  }

  private static void add(Map<String, String> first, String part) {
    if (part.isEmpty() || part.indexOf(';') >= 0) {
      return;
    }
    int equals = part.indexOf('=');
    String key = equals < 0 ? part : part.substring(0, equals);
    String value = equals < 0 ? "" : part.substring(equals + 1);
    try {
      first.putIfAbsent(Escapes.QUERY.decode(key), Escapes.QUERY.decode(value));
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
    return first.get(key);
  }

  /** Whether there is no parameter. */
  boolean isEmpty() {
    return first.isEmpty();
  }
}
