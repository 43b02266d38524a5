package dev.certwright.server.http;

/** Where a stream writes. Safe for use by several threads. */
public interface StreamSink {

  /** Sends these bytes after those before; they must not change any more. */
  void write(byte[] bytes);

  /** Whether the client keeps up. Who writes on regardless fills memory. */
  boolean isWritable();

  /** The regular end of the body. */
  void end();

  /** Called once when the client or either end is gone; at once if it is already. */
  void onClose(Runnable action);
}
