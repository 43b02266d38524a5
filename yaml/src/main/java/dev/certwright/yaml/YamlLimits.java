package dev.certwright.yaml;

/**
 * How much of a text is read.
 *
 * @param maxBytes size of a text; what is larger is refused before it is read into memory
 * @param maxDepth how deep collections nest, aliases followed
 * @param maxNodes how many keys and values are made of a text, aliases followed
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxNodes) {

  /**
   * 32 MiB, 500 levels and two million nodes: far more than etcd lets an object have, far less than
   * would exhaust a thread's stack or a small heap. Upstream itself stops at 10,000 levels.
   */
  public static final YamlLimits DEFAULT = new YamlLimits(32 << 20, 500, 2_000_000);

  /** Checks that all are positive. */
  public YamlLimits {
    if (maxBytes < 1 || maxDepth < 1 || maxNodes < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** The same with another size. */
  public YamlLimits withMaxBytes(int bytes) {
    return new YamlLimits(bytes, maxDepth, maxNodes);
  }

  YamlLimits withMaxNodes(int nodes) {
    return new YamlLimits(maxBytes, maxDepth, nodes);
  }
}
