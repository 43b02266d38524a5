package dev.certwright.server.pipeline;

/** Is told of requests: audit and metrics. Must not wait. Safe for use by several threads. */
public interface Observer {

  /** Something happened. */
  void observe(Completed completed);
}
