package dev.certwright.kubeconfig;

/**
 * Settings of the client; kept, not used.
 *
 * @param colors whether output may be coloured
 * @param extensions data of other programs
 */
public record Preferences(boolean colors, Extensions extensions) {
  /** Nothing set. */
  public static final Preferences NONE = new Preferences(false, Extensions.NONE);
}
