package dev.certwright.server.http;

/** Where a stream writes. Safe for use by several threads. */
public interface StreamSink {

  /**
   * Sends these bytes after those before; they must not change any more. Where all clients together
   * have left too much lying, connections end.
   */
  void write(byte[] bytes);

  /** Whether the client keeps up. Who writes on regardless is cut off. */
  boolean isWritable();

  /** Called whenever the client keeps up again after it did not; once for all, before writing. */
  void onWritable(Runnable action);

  /** The regular end of the body. */
  void end();

  /** Called once when the client or either end is gone; at once if it is already. */
  void onClose(Runnable action);
}
