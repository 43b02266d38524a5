package dev.certwright.cluster;

import java.nio.charset.StandardCharsets;

/** Where audit events are posted to, named by a kubeconfig as kube-apiserver's backend has it. */
public final class EventSink {
  private static final int TOO_MANY = 429;

  private final ApiServer server;

  /** The server of a kubeconfig, whose URL is posted to as it is. */
  public EventSink(ApiServer server) {
    this.server = server;
  }

  /**
   * Posts an object.
   *
   * @param json in UTF-8
   * @return null if it was taken; else why not
   * @throws ClusterException if the server cannot be reached, or may take it later
   */
  public @org.jspecify.annotations.Nullable String post(byte[] json) {
    ApiResponse answer = server.post("", new String(json, StandardCharsets.UTF_8));
    if (answer.status() / 100 == 2) {
      return null;
    }
    String refused = server.address() + " did not take the events: " + answer.describe();
    if (answer.status() / 100 == 5 || answer.status() == TOO_MANY) {
      throw new ClusterException(refused, "", null);
    }
    return refused;
  }
}
