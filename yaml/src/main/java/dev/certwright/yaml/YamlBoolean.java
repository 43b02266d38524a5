package dev.certwright.yaml;

import org.jspecify.annotations.Nullable;

/** A boolean. */
public final class YamlBoolean implements YamlValue {
  private final boolean value;
  private final YamlPosition position;

  YamlBoolean(boolean value, YamlPosition position) {
    this.value = value;
    this.position = position;
  }

  /** A boolean that was not read from a text. */
  public static YamlBoolean of(boolean value) {
    return new YamlBoolean(value, YamlPosition.NONE);
  }

  /** What it is. */
  public boolean value() {
    return value;
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "boolean";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof YamlBoolean that && value == that.value;
  }

  @Override
  public int hashCode() {
    return Boolean.hashCode(value);
  }

  @Override
  public String toString() {
    return value + " at " + position;
  }
}
