package dev.certwright.server;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks after files and watches each second. What goes wrong with one keeps no other from it. */
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

  private final ScheduledExecutorService executor;

  private Upkeep(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /** Begins. */
  static Upkeep start(List<Runnable> tasks) {
    List<Part> parts = tasks.stream().map(Part::new).toList();
    ScheduledExecutorService executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "certwright-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> unused =
        executor.scheduleWithFixedDelay(() -> parts.forEach(Part::run), 1, 1, TimeUnit.SECONDS);
    return new Upkeep(executor);
  }

  private static final class Part {
    private final Runnable task;
    private @Nullable String problem;

    Part(Runnable task) {
      this.task = task;
    }

    // Whatever got out would end it for good.
    void run() {
      try {
        task.run();
        problem = null;
      } catch (ServerException unusable) {
        tell(System.Logger.Level.WARNING, String.valueOf(unusable.getMessage()), null);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
        tell(System.Logger.Level.ERROR, bug.toString(), bug);
      }
    }

    // Once, or the log would fill the disk.
    private void tell(System.Logger.Level level, String text, @Nullable Throwable cause) {
      if (!Objects.equals(text, problem)) {
        problem = text;
        LOG.log(level, "files could not be looked after: " + text, cause);
      }
    }
  }

  @Override
  public void close() {
    List<Runnable> unused = executor.shutdownNow();
  }
}
