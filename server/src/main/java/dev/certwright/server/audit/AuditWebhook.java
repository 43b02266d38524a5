package dev.certwright.server.audit;

import dev.certwright.cluster.ClusterException;
import dev.certwright.cluster.EventSink;
import dev.certwright.server.AuditWebhookSettings;
import dev.certwright.server.pipeline.Completed;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.yaml.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts events in lists, as kube-apiserver's webhook backend does in its mode {@code batch}. No
 * request waits for it: what the buffer has no room for, and what is not taken after some attempts,
 * is lost and counted.
 */
public final class AuditWebhook implements Observer, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditWebhook.class.getName());
  private static final int ATTEMPTS = 5;
  // Events are some hundred bytes, but whoever asks chooses how long a path is.
  private static final long LARGEST_BUFFER = 32L << 20;
  private static final long LAST_SECONDS = 5;

  private final AuditWebhookSettings settings;
  private final BlockingQueue<byte[]> waiting;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong posted = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread poster;
  private String lastProblem = "";

  private AuditWebhook(AuditWebhookSettings settings) {
    this.settings = settings;
    this.waiting = new ArrayBlockingQueue<>(settings.bufferSize());
    this.poster = new Thread(this::run, "certwright-audit");
    poster.setDaemon(true);
  }

  /** Begins. */
  public static AuditWebhook start(AuditWebhookSettings settings) {
    AuditWebhook webhook = new AuditWebhook(settings);
    webhook.poster.start();
    return webhook;
  }

  /** How many events were taken. */
  public long posted() {
    return posted.get();
  }

  /** How many were not, and will not be. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void observe(Completed completed) {
    byte[] event = JsonWriter.compact(AuditEvent.of(completed)).getBytes(StandardCharsets.UTF_8);
    if (waitingBytes.addAndGet(event.length) > LARGEST_BUFFER || !waiting.offer(event)) {
      waitingBytes.addAndGet(-event.length);
      if (lost.getAndIncrement() == 0) {
        LOG.log(System.Logger.Level.ERROR, "audit events are lost: the webhook is too slow");
      }
    }
  }

  private void run() {
    List<byte[]> batch = new ArrayList<>();
    try {
      while (closing.getCount() > 0 || !waiting.isEmpty()) {
        collect(batch);
        if (!batch.isEmpty()) {
          post(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException told) {
      lost.addAndGet(batch.size());
    }
    lost.addAndGet(waiting.size());
  }

  // Waits until there are enough, or the first has waited for long enough, or it is the end.
  private void collect(List<byte[]> batch) throws InterruptedException {
    long end = System.nanoTime() + settings.maxWait().toNanos();
    while (batch.size() < settings.maxSize()) {
      long rest = closing.getCount() > 0 ? end - System.nanoTime() : 0;
      byte[] event =
          waiting.poll(Math.min(rest, TimeUnit.MILLISECONDS.toNanos(200)), TimeUnit.NANOSECONDS);
      if (event != null) {
        waitingBytes.addAndGet(-event.length);
        batch.add(event);
      } else if (rest <= 0) {
        return;
      }
    }
  }

  private void post(List<byte[]> batch) throws InterruptedException {
    byte[] list = list(batch);
    long pause = settings.initialBackoff().toMillis();
    String problem = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      // At the end nobody waits any more: once, then it is over.
      if (attempt > 0 && closing.await(pause, TimeUnit.MILLISECONDS)) {
        break;
      }
      pause += attempt > 0 ? pause / 2 : 0;
      try {
        problem = new EventSink(settings.server().get()).post(list);
        if (problem == null) {
          posted.addAndGet(batch.size());
          lastProblem = "";
          return;
        }
        break;
      } catch (ClusterException later) {
        problem = String.valueOf(later.getMessage());
      } catch (RuntimeException unusable) {
        problem = "the webhook cannot be used: " + unusable.getMessage();
        break;
      }
    }
    lost.addAndGet(batch.size());
    if (!lastProblem.equals(problem)) {
      lastProblem = String.valueOf(problem);
      LOG.log(System.Logger.Level.ERROR, "audit events are lost: {0}", problem);
    }
  }

  private static byte[] list(List<byte[]> batch) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.writeBytes(
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
            .getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < batch.size(); i++) {
      if (i > 0) {
        list.write(',');
      }
      list.writeBytes(batch.get(i));
    }
    list.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return list.toByteArray();
  }

  /** Posts what waits, once, and for some seconds at most. */
  @Override
  public void close() {
    closing.countDown();
    try {
      poster.join(TimeUnit.SECONDS.toMillis(LAST_SECONDS));
      if (poster.isAlive()) {
        poster.interrupt();
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
