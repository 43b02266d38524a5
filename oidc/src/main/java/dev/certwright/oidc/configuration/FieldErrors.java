package dev.certwright.oidc.configuration;

import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What is wrong with which field, in upstream's words and order. */
final class FieldErrors {
  private final List<String> messages = new ArrayList<>();

  void required(String path, String detail) {
    messages.add(path + ": Required value" + (detail.isEmpty() ? "" : ": " + detail));
  }

  void invalid(String path, String value, String detail) {
    invalidText(path, GoText.quote(value), detail);
  }

  /** With a value that is no string, as it is printed. */
  void invalidText(String path, String value, String detail) {
    messages.add(path + ": Invalid value: " + value + ": " + detail);
  }

  void duplicate(String path, String value) {
    messages.add(path + ": Duplicate value: " + GoText.quote(value));
  }

  void tooMany(String path, int found, int most) {
    messages.add(path + ": Too many: " + found + ": must have at most " + most + " items");
  }

  void internal(String path, String detail) {
    messages.add(path + ": Internal error: " + detail);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Each message once (rule U-05). */
  @Override
  public String toString() {
    List<String> each = List.copyOf(new LinkedHashSet<>(messages));
    return each.size() == 1 ? each.get(0) : "[" + String.join(", ", each) + "]";
  }
}
