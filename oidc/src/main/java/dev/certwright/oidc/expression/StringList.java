package dev.certwright.oidc.expression;

import java.util.AbstractList;
import java.util.List;

/**
 * What functions give that make strings of one string. Upstream does not take it for groups as it
 * is, only what was made of it by {@code map}, {@code filter} or {@code +}.
 */
final class StringList extends AbstractList<String> {
  private final List<String> strings;

  StringList(List<String> strings) {
    this.strings = List.copyOf(strings);
  }

  @Override
  public String get(int index) {
    return strings.get(index);
  }

  @Override
  public int size() {
    return strings.size();
  }
}
