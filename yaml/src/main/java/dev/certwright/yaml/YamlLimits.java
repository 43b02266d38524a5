package dev.certwright.yaml;

/**
 * How much of a text is read.
 *
 * @param maxBytes size of a text; what is larger is refused before it is read into memory
 * @param maxDepth how deep collections nest, aliases followed
 */
public record YamlLimits(int maxBytes, int maxDepth) {

  /**
   * 32 MiB and 500 levels: far more than etcd lets an object have, far less than would exhaust a
   * thread's stack. Upstream itself stops at 10,000 levels.
   */
  public static final YamlLimits DEFAULT = new YamlLimits(32 << 20, 500);

  /** Checks that both are positive. */
  public YamlLimits {
    if (maxBytes < 1 || maxDepth < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The same with another size. */
  public YamlLimits withMaxBytes(int bytes) {
    return new YamlLimits(bytes, maxDepth);
  }
}
