package dev.certwright.kubeconfig;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The places of an entry that name files, and what becomes of them (KC-05). */
final class FileReferences {
  private FileReferences() {}

  static Cluster absolute(Cluster cluster) {
    Origin origin = cluster.origin();
    return origin == null ? cluster : map(cluster, resolver(origin.file()));
  }

  static AuthInfo absolute(AuthInfo user) {
    Origin origin = user.origin();
    return origin == null ? user : map(user, resolver(origin.file()));
  }

  /** Makes paths absolute as seen from a file's folder; empty ones are no paths. */
  static UnaryOperator<String> resolver(String file) {
    String folder = GoPaths.absoluteFolder(file);
    return path -> path.isEmpty() || GoPaths.isAbsolute(path) ? path : GoPaths.join(folder, path);
  }

  private static Cluster map(Cluster cluster, UnaryOperator<String> change) {
    return cluster.withCertificateAuthority(change.apply(cluster.certificateAuthority()));
  }

  private static AuthInfo map(AuthInfo user, UnaryOperator<String> change) {
    return user.withFiles(
        change.apply(user.clientCertificate()),
        change.apply(user.clientKey()),
        change.apply(user.tokenFile()),
        map(user.exec(), change));
  }

  private static @Nullable ExecConfig map(@Nullable ExecConfig exec, UnaryOperator<String> change) {
    return exec == null || !isPath(exec.command())
        ? exec
        : exec.withCommand(change.apply(exec.command()));
  }

  /** A command without a separator is looked up in PATH and is no reference to a file. */
  static boolean isPath(String command) {
    return command.indexOf('/') >= 0;
  }
}
