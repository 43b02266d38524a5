package dev.certwright.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who runs this, as ledger entries say it: {@code jane@host}, {@code jane as root@host}. */
final class Actor {
  private Actor() {}

  static String of(Map<String, String> environment) {
    String user = System.getProperty("user.name", "unknown");
    String before = environment.getOrDefault("SUDO_USER", "");
    return (before.isEmpty() || before.equals(user) ? "" : before + " as ")
        + user
        + "@"
        + host(environment);
  }

  /** From the kernel where it tells, because asking the resolver may wait for the network. */
  private static String host(Map<String, String> environment) {
    String named =
        environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", ""));
    if (!named.isEmpty()) {
      return named;
    }
    try {
      Path kernel = Path.of("/proc/sys/kernel/hostname");
      if (Files.isReadable(kernel)) {
        return new String(Files.readAllBytes(kernel), StandardCharsets.UTF_8).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return "unknown";
    }
  }
}
