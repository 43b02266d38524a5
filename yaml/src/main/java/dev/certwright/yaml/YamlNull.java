package dev.certwright.yaml;

import org.jspecify.annotations.Nullable;

/** Null: written out, or a value left empty. */
public final class YamlNull implements YamlValue {
  private static final YamlNull MADE = new YamlNull(YamlPosition.NONE);

  private final YamlPosition position;

  YamlNull(YamlPosition position) {
    this.position = position;
  }

  /** The null that was not read from a text. */
  public static YamlNull of() {
    return MADE;
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "null";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof YamlNull;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "null at " + position;
  }
}
