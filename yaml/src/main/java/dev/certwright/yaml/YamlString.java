package dev.certwright.yaml;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A string. */
public final class YamlString implements YamlValue {
  private final String value;
  private final YamlPosition position;

  YamlString(String value, YamlPosition position) {
    this.value = Objects.requireNonNull(value);
    this.position = position;
  }

  /** A string that was not read from a text. */
  public static YamlString of(String value) {
    return new YamlString(value, YamlPosition.NONE);
  }

  /** The text, unquoted. */
  public String value() {
    return value;
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "string";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof YamlString that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Says what it is, never what it holds: strings of kubeconfigs are secrets. */
  @Override
  public String toString() {
    return "string at " + position;
  }
}
