package dev.certwright.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values. */
public final class YamlSequence implements YamlValue {
  private final List<YamlValue> values;
  private final YamlPosition position;

  YamlSequence(List<? extends YamlValue> values, YamlPosition position) {
    this.values = List.copyOf(values);
    this.position = position;
  }

  /** A sequence that was not read from a text. */
  public static YamlSequence of(List<? extends YamlValue> values) {
    return new YamlSequence(values, YamlPosition.NONE);
  }

  /** A sequence of strings that was not read from a text. */
  public static YamlSequence ofStrings(List<String> values) {
    YamlValue[] strings = new YamlValue[values.size()];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = YamlString.of(values.get(i));
    }
    return new YamlSequence(List.of(strings), YamlPosition.NONE);
  }

  /** The values in order, unmodifiable. */
  public List<YamlValue> values() {
    return values;
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "sequence";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof YamlSequence that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "sequence of " + values.size() + " at " + position;
  }
}
