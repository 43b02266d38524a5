package dev.certwright.rbac.request;

import dev.certwright.rbac.internal.NameSyntax;
import org.jspecify.annotations.Nullable;

/**
 * What a list or watch asks for in its query, as far as it decides what the request is (rules R-11
 * to R-13, RS-14 to RS-16).
 *
 * @param watch whether changes are wanted
 * @param name the only object wanted, empty if it is not only one
 */
record ListOptions(boolean watch, String name) {

  static ListOptions of(QueryParameters query) {
    if (query.isEmpty()) {
      return new ListOptions(false, "");
    }
    String watch = query.get("watch");
    String selector = query.get("fieldSelector");
    FieldSelector fields = FieldSelector.parse(selector == null ? "" : selector);
    String labels = query.get("labelSelector");
    boolean decodable =
        isInteger(query.get("limit"))
            && isInteger(query.get("timeoutSeconds"))
            && LabelSelectorSyntax.isValid(labels == null ? "" : labels)
            && fields != null;
    if (!decodable) {
      // Only this parameter survives, and by another comparison: Go folds case otherwise here.
      return new ListOptions(watch != null && !isFalse(watch, false), "");
    }
    String name = fields == null ? null : fields.requiredValue("metadata.name");
    return new ListOptions(
        watch != null && !isFalse(watch, true),
        name != null && NameSyntax.pathSegment(name).isEmpty() ? name : "");
  }

  // strings.EqualFold knows that the long s is an s; strings.ToLower does not.
  private static boolean isFalse(String value, boolean folding) {
    if (value.equals("0")) {
      return true;
    }
    String plain = folding ? value.replace("\u00C5\u00BF", "s") : value;
    return RequestTarget.lowerCase(plain).equals("false");
  }

  // strconv.ParseInt in base 10 and 64 bits.
  private static boolean isInteger(@Nullable String text) {
    return text == null || LabelSelectorSyntax.isInteger(text);
  }
}
