package dev.certwright.server.http;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One request and its answer, in the order of the methods. */
public interface Exchange {

  /**
   * What has to be over before anything else can be said: then {@link #again} is called, and all is
   * asked anew, or {@link #answer} if that was what had to wait. Bounded in number and time; null
   * if nothing is waited for.
   */
  @Nullable CompletionStage<?> waitsFor();

  /** What was waited for is over. */
  void again();

  /** The answer if no body is needed for it; then {@link #answer} is not called. */
  @Nullable Response early();

  /** How many bytes of body are read at most; for more, {@link #tooLarge} answers. */
  int bodyLimit();

  /** The answer; null if {@link #waitsFor} has to be over first, and this is to be called again. */
  @Nullable Response answer(byte[] body);

  /** The answer to a body that is too large. */
  Response tooLarge();

  /** The head of a stream is on its way. */
  void streaming();

  /** All is over: the answer is sent, or the client is gone. Called once. */
  void finished();
}
