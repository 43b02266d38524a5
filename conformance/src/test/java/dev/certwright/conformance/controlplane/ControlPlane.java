package dev.certwright.conformance.controlplane;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A control plane as one class of tests sees it: what all of a run share, and API servers of its
 * own. What tests change in the shared one must not disturb others, which run at the same time:
 * they use names of their own, or start an API server with objects of its own.
 */
public final class ControlPlane implements AutoCloseable {
  private final SharedControlPlane shared;
  private final Runnable runsOn;
  private final Deque<ApiServer> own = new ArrayDeque<>();

  /**
   * Of one class.
   *
   * @param runsOn is told when an API server cannot be stopped
   */
  ControlPlane(SharedControlPlane shared, Runnable runsOn) {
    this.shared = shared;
    this.runsOn = runsOn;
  }

  /** The API server that all tests of a run share, started when the first asks; RBAC authorizes. */
  public ApiServer apiServer() {
    return shared.apiServer();
  }

  /** The keys and certificates of all API servers that have no CA of their own. */
  public Pki pki() {
    return shared.pki();
  }

  /** The folder of kubectl and the others, for programs that look for them on their path. */
  public Path programs() {
    return shared.programs();
  }

  /** The folder of this run; logs are kept if a test fails. */
  public Path folder() {
    return shared.folder();
  }

  /**
   * Another API server with other flags, over the same objects unless told otherwise. Whoever
   * starts it closes it, or it is closed after the last test of the class.
   */
  public ApiServer.Builder newApiServer() {
    return shared.newApiServer(this::add);
  }

  private synchronized void add(ApiServer server) {
    own.push(server);
  }

  /**
   * Sees to it that kube-controller-manager runs for the shared API server: it signs requests,
   * approved before, with the CA of {@link Pki}, and fills aggregating ClusterRoles.
   */
  public void requireControllerManager() {
    shared.requireControllerManager();
  }

  /** Stops the API servers of this class of tests. */
  @Override
  public synchronized void close() {
    try {
      AllClosed.close(own);
    } catch (AssertionError failed) {
      runsOn.run();
      throw failed;
    }
  }
}
