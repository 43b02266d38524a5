package dev.certwright.conformance.browser;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection by the Chrome DevTools Protocol: calls and their results, and events. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final long LIMIT_SECONDS = 60;

  private final WebSocket socket;
  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, CompletableFuture<YamlMapping>> waiting = new ConcurrentHashMap<>();
  private final List<YamlMapping> events = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private DevTools(URI address) {
    socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, this).join();
  }

  static DevTools connect(URI address) {
    return new DevTools(address);
  }

  /**
   * Calls a method and waits for its result.
   *
   * @param parameters the members of a JSON object, without its braces
   */
  YamlMapping call(String session, String method, String parameters) {
    String id = Integer.toString(number.incrementAndGet());
    CompletableFuture<YamlMapping> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    String of = session.isEmpty() ? "" : ",\"sessionId\":\"" + session + "\"";
    socket
        .sendText(
            "{\"id\":"
                + id
                + of
                + ",\"method\":\""
                + method
                + "\",\"params\":{"
                + parameters
                + "}}",
            true)
        .join();
    YamlMapping message = answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (message.get("result") instanceof YamlMapping result) {
      return result;
    }
    throw new AssertionError(method + ": " + message);
  }

  /** Waits for an event, of those that came or will come. */
  void await(String method) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    synchronized (events) {
      while (named(method).isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(method + " did not come");
        }
        try {
          events.wait(left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new AssertionError(interrupted);
        }
      }
    }
  }

  /** The events of a name so far. */
  List<YamlMapping> named(String method) {
    List<YamlMapping> named = new ArrayList<>();
    synchronized (events) {
      for (YamlMapping event : events) {
        if (event.get("method") instanceof YamlString name && name.value().equals(method)) {
          named.add(event);
        }
      }
    }
    return named;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      take(
          (YamlMapping)
              YamlReader.strict()
                  .readJson("message", text.toString().getBytes(StandardCharsets.UTF_8)));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(YamlMapping message) {
    if (message.get("id") instanceof YamlNumber id) {
      CompletableFuture<YamlMapping> answer = waiting.remove(id.text());
      if (answer != null) {
        answer.complete(message);
      }
    } else {
      synchronized (events) {
        events.add(message);
        events.notifyAll();
      }
    }
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    for (CompletableFuture<YamlMapping> answer : waiting.values()) {
      answer.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
