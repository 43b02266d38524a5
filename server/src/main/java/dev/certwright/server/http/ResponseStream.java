package dev.certwright.server.http;

/** The body of an answer that goes on. */
public interface ResponseStream {

  /** Called once, when the head of the answer is on its way. */
  void open(StreamSink sink);
}
