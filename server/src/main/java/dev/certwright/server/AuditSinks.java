package dev.certwright.server;

import dev.certwright.server.audit.AuditLog;
import dev.certwright.server.audit.AuditWebhook;
import dev.certwright.server.metrics.Metrics;
import dev.certwright.server.pipeline.Observer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Wires the places that audit events go to. */
record AuditSinks(List<Observer> observers, List<AutoCloseable> closeables) {
  private static final System.Logger LOG = System.getLogger(AuditSinks.class.getName());
  private static final String EVENTS = "apiserver_audit_event_total";
  private static final String ERRORS = "apiserver_audit_error_total";

  static AuditSinks open(ServerSettings settings, Metrics metrics) throws IOException {
    List<Observer> observers = new ArrayList<>();
    List<AutoCloseable> closeables = new ArrayList<>();
    AuditSettings file = settings.audit();
    if (!file.path().isEmpty()) {
      AuditLog log =
          file.path().equals("-")
              ? AuditLog.to(new FileOutputStream(FileDescriptor.out))
              : AuditLog.to(Path.of(file.path()), file.largest(), file.backups());
      observers.add(log);
      closeables.add(log);
      metrics
          .with(EVENTS, "plugin=\"log\"", log::written)
          .with(ERRORS, "plugin=\"log\"", log::lost);
    }
    if (settings.auditWebhook() != null) {
      AuditWebhook webhook = AuditWebhook.start(settings.auditWebhook());
      observers.add(webhook);
      closeables.add(webhook);
      metrics
          .with(EVENTS, "plugin=\"webhook\"", webhook::posted)
          .with(ERRORS, "plugin=\"webhook\"", webhook::lost);
    }
    return new AuditSinks(observers, closeables);
  }

  static void close(List<AutoCloseable> closeables) {
    for (AutoCloseable closeable : closeables) {
      try {
        closeable.close();
      } catch (Exception failed) {
        LOG.log(System.Logger.Level.ERROR, "audit events are lost", failed);
      }
    }
  }
}
