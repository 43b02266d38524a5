package dev.certwright.server.metrics;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Completed;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests and serves {@code /metrics}. Labels have few values, whatever clients send: a
 * verb that is none is {@code other}.
 */
public final class Metrics implements Observer, Routes {
  private static final Set<String> VERBS =
      Set.of(
          "get",
          "list",
          "watch",
          "create",
          "update",
          "patch",
          "delete",
          "deletecollection",
          "post");
  private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> attempts = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> decisions = new ConcurrentHashMap<>();
  private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanos = new LongAdder();
  private final Map<String, Map<String, LongSupplier>> asked = new LinkedHashMap<>();
  private final Map<String, Supplier<String>> texts = new LinkedHashMap<>();
  private final long started = System.currentTimeMillis() / 1000;

  /** Counts from now on. */
  public Metrics() {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  /** Adds something that is asked when somebody looks; before the server starts. */
  public Metrics with(String name, LongSupplier gauge) {
    return with(name, "", gauge);
  }

  /**
   * The same with labels.
   *
   * @param labels as they are printed, without braces; empty for none
   */
  public Metrics with(String name, String labels, LongSupplier gauge) {
    asked.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(labels, gauge);
    return this;
  }

  /**
   * Adds a text that is asked for when somebody looks, as the label of a metric that is 1; before
   * the server starts.
   *
   * @param value short, and without quotes, backslashes and line ends
   */
  public Metrics info(String name, String label, Supplier<String> value) {
    texts.put(name, () -> label + "=\"" + value.get() + "\"");
    return this;
  }

  @Override
  public void observe(Completed completed) {
    boolean refused = completed.client() == null;
    if (completed.stage() == Completed.Stage.RESPONSE_STARTED && !refused) {
      return;
    }
    RequestInfo info = completed.info();
    String verb = info != null && VERBS.contains(info.verb()) ? info.verb() : "other";
    add(requests, "code=\"" + completed.status() + "\",verb=\"" + verb + "\"");
    add(attempts, "result=\"" + (refused ? "failure" : "success") + "\"");
    Verdict verdict = completed.verdict();
    if (verdict != null) {
      add(decisions, "decision=\"" + (verdict.isAllowed() ? "allowed" : "denied") + "\"");
    }
    if (!verb.equals("watch")) {
      time(Duration.between(completed.received(), completed.at()).toNanos());
    }
  }

  private void time(long duration) {
    nanos.add(Math.max(0, duration));
    int bucket = 0;
    while (bucket < BOUNDS.length && duration > BOUNDS[bucket] * 1e9) {
      bucket++;
    }
    buckets[bucket].increment();
  }

  private static void add(Map<String, LongAdder> counters, String labels) {
    counters.computeIfAbsent(labels, key -> new LongAdder()).increment();
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    return !info.resourceRequest() && info.path().equals("/metrics")
        ? call ->
            Response.of(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                text().getBytes(StandardCharsets.UTF_8))
        : null;
  }

  private String text() {
    StringBuilder out = new StringBuilder(4096);
    counter(out, "apiserver_request_total", "Requests by verb and HTTP status.", requests);
    counter(out, "authentication_attempts", "Clients by whether they were let in.", attempts);
    counter(out, "apiserver_authorization_decisions_total", "Verdicts on requests.", decisions);
    histogram(out);
    head(out, "process_start_time_seconds", "When the server started.", "gauge");
    out.append("process_start_time_seconds ").append(started).append('\n');
    asked.forEach(
        (name, values) -> {
          head(out, name, "As of now.", name.endsWith("_total") ? "counter" : "gauge");
          values.forEach(
              (labels, value) -> {
                out.append(name);
                if (!labels.isEmpty()) {
                  out.append('{').append(labels).append('}');
                }
                out.append(' ').append(value.getAsLong()).append('\n');
              });
        });
    texts.forEach(
        (name, labels) -> {
          head(out, name, "As of now.", "gauge");
          out.append(name).append('{').append(labels.get()).append("} 1\n");
        });
    return out.toString();
  }

  private static void head(StringBuilder out, String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(help);
    out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void counter(
      StringBuilder out, String name, String help, Map<String, LongAdder> counters) {
    head(out, name, help, "counter");
    new TreeMap<>(counters)
        .forEach(
            (labels, count) ->
                out.append(name)
                    .append('{')
                    .append(labels)
                    .append("} ")
                    .append(count.sum())
                    .append('\n'));
  }

  private void histogram(StringBuilder out) {
    String name = "apiserver_request_duration_seconds";
    head(
        out, name, "From the head of a request to the end of its answer; no watches.", "histogram");
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      out.append(name)
          .append("_bucket{le=\"")
          .append(i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf")
          .append("\"} ")
          .append(count)
          .append('\n');
    }
    out.append(name).append("_sum ").append(nanos.sum() / 1e9).append('\n');
    out.append(name).append("_count ").append(count).append('\n');
  }
}
