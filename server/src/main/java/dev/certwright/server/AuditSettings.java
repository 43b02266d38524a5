package dev.certwright.server;

/**
 * Where audit events go.
 *
 * @param path a file, {@code -} for standard output, or empty for nowhere: {@code --audit-log-path}
 * @param megabytes after which a file is put aside, 0 for 100: {@code --audit-log-maxsize}
 * @param backups how many of those stay, 0 for all: {@code --audit-log-maxbackup}
 */
public record AuditSettings(String path, int megabytes, int backups) {

  /** Nowhere. */
  public static final AuditSettings NONE = new AuditSettings("", 100, 10);

  private static final int USUAL_MEGABYTES = 100;

  /** Bytes after which a file is put aside. */
  long largest() {
    return (long) (megabytes == 0 ? USUAL_MEGABYTES : megabytes) << 20;
  }
}
