package dev.certwright.server.audit;

import dev.certwright.server.pipeline.Completed;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.yaml.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events as lines, in a file that is put aside when it is full or in a stream. Each event is
 * written before the connection goes on, as upstream's log does it; one that cannot be written is
 * counted and said in the log of the server.
 */
public final class AuditLog implements Observer, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final boolean ours;
  private final OutputStream out;
  private boolean failing;

  private AuditLog(OutputStream out, boolean ours) {
    this.out = out;
    this.ours = ours;
  }

  /** Into a stream, which stays open. */
  public static AuditLog to(OutputStream stream) {
    return new AuditLog(stream, false);
  }

  /**
   * Into a file, after what is there. A new one is for its owner alone, as kube-apiserver makes it;
   * one that is there keeps its mode, and hands it on when it is put aside.
   *
   * @param largest bytes after which it is put aside
   * @param backups how many that were put aside stay; 0 for all, as upstream has it
   * @throws IOException if it cannot be written; it says which file, and why
   */
  public static AuditLog to(Path file, long largest, int backups) throws IOException {
    return new AuditLog(AuditFile.open(file, largest, backups), true);
  }

  /** How many events were written. */
  public long written() {
    return written.get();
  }

  /** How many could not be. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void observe(Completed completed) {
    write((JsonWriter.compact(AuditEvent.of(completed)) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private synchronized void write(byte[] line) {
    try {
      out.write(line);
      out.flush();
      written.incrementAndGet();
      if (failing) {
        failing = false;
        LOG.log(
            System.Logger.Level.INFO,
            "audit events are written again; {0} were lost so far",
            lost.get());
      }
    } catch (IOException failed) {
      lost.incrementAndGet();
      if (!failing) {
        failing = true;
        LOG.log(
            System.Logger.Level.ERROR, "audit events cannot be written: {0}", failed.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (ours) {
        out.close();
      }
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.ERROR, "the audit log cannot be closed: {0}", failed.toString());
    }
  }
}
