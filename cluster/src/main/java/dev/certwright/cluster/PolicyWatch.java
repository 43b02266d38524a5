package dev.certwright.cluster;

import dev.certwright.rbac.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The RBAC policy of a live cluster: its objects are listed once and their changes followed, each
 * kind on a thread of its own. While a server is out of reach, what is known stays in force, as in
 * kube-apiserver itself; {@link #silence} says how old that may be.
 *
 * <p>It needs {@code list} and {@code watch} of the four kinds in all namespaces, and nothing else.
 * Aggregated ClusterRoles are as the controller of the cluster has filled them.
 */
public final class PolicyWatch implements AutoCloseable {
  private final LivePolicy policy = new LivePolicy();
  private final List<KindWatch> watches = new ArrayList<>();

  private PolicyWatch(Supplier<ApiServer> servers, Supplier<ReconnectDelay> delays) {
    for (WatchedKind kind : WatchedKind.values()) {
      KindWatch watch = new KindWatch(kind, servers, policy, delays.get());
      watches.add(watch);
      Thread thread = new Thread(watch, "certwright-watch-" + kind.resource());
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Begins, and does not wait.
   *
   * @param servers makes the server of each connection, so that tokens and certificates which are
   *     renewed in their files count
   */
  public static PolicyWatch start(Supplier<ApiServer> servers) {
    return new PolicyWatch(servers, ReconnectDelay::ofClients);
  }

  static PolicyWatch start(Supplier<ApiServer> servers, Supplier<ReconnectDelay> delays) {
    return new PolicyWatch(servers, delays);
  }

  /** The policy; null before all of it was listed once. */
  public @Nullable Policy current() {
    return policy.current();
  }

  /**
   * How long the server has said nothing about the kind that it says least about. While all is
   * well, bookmarks keep it at about a minute at most.
   */
  public Duration silence() {
    Duration longest = Duration.ZERO;
    for (KindWatch watch : watches) {
      Duration silence = watch.silence();
      longest = silence.compareTo(longest) > 0 ? silence : longest;
    }
    return longest;
  }

  /** How often a kind was listed whole; four times at the beginning. */
  public long lists() {
    long sum = 0;
    for (KindWatch watch : watches) {
      sum += watch.lists();
    }
    return sum;
  }

  /** How often a list or watch failed. */
  public long failures() {
    long sum = 0;
    for (KindWatch watch : watches) {
      sum += watch.failures();
    }
    return sum;
  }

  /** Why a kind is not followed now; empty if all are. */
  public String problem() {
    for (KindWatch watch : watches) {
      if (!watch.problem().isEmpty()) {
        return watch.problem();
      }
    }
    return "";
  }

  @Override
  public void close() {
    for (KindWatch watch : watches) {
      watch.stop();
    }
  }
}
