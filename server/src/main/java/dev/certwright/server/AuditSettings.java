package dev.certwright.server;

/**
 * Where audit events go.
 *
 * @param path a file, {@code -} for standard output, or empty for nowhere: {@code --audit-log-path}
 * @param megabytes after which a file is put aside: {@code --audit-log-maxsize}
 * @param backups how many of those stay: {@code --audit-log-maxbackup}
 */
public record AuditSettings(String path, int megabytes, int backups) {

  /** Nowhere. */
  public static final AuditSettings NONE = new AuditSettings("", 100, 10);
}
