package dev.certwright.kubeconfig;

import org.jspecify.annotations.Nullable;

/**
 * A user at a cluster in a namespace. Texts are empty when they are not set.
 *
 * @param cluster name of a cluster entry
 * @param user name of a user entry
 * @param namespace namespace of requests that name none (KC-17)
 * @param extensions data of other programs
 * @param origin where it was read, null if it was made
 */
public record Context(
    String cluster, String user, String namespace, Extensions extensions, @Nullable Origin origin) {

  /** Nothing set. */
  public static final Context EMPTY = new Context("", "", "", Extensions.NONE, null);
}
