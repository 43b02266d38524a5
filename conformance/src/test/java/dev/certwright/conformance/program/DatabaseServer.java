package dev.certwright.conformance.program;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real PostgreSQL of a test's own, which can be killed with all its processes and started again
 * with what it had written until then.
 */
public final class DatabaseServer implements AutoCloseable {
  private final Path folder;
  private final Path programs;
  private final int port;
  private final String options;

  private DatabaseServer(Path folder, Path programs, int port, String options) {
    this.folder = folder;
    this.programs = programs;
    this.port = port;
    this.options = options;
  }

  /** Makes one in a folder, and starts it with settings such as {@code a=b}. */
  public static DatabaseServer start(Path folder, String... settings) throws IOException {
    StringBuilder options = new StringBuilder("-c listen_addresses=127.0.0.1");
    options.append(" -c unix_socket_directories=");
    for (String setting : settings) {
      options.append(" -c ").append(setting);
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    DatabaseServer server = new DatabaseServer(folder, programs(), port, options.toString());
    server
        .run("initdb", "-D", "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        .expectSuccess();
    server.start();
    return server;
  }

  /** The folder of its programs, which are unpacked if need be. */
  @SuppressWarnings("try") // It only has to run.
  public static Path programs() {
    try {
      Path data = Files.createTempDirectory("postgres");
      try (EmbeddedPostgres once = EmbeddedPostgres.builder().setDataDirectory(data).start()) {
        String postgres = process(data).info().command().orElseThrow();
        return Path.of(postgres).resolveSibling("");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** PostgreSQL does not run as root, but does as somebody who is root elsewhere. */
  public static List<String> notAsRoot() throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    return root ? List.of("unshare", "-U") : List.of();
  }

  private static ProcessHandle process(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
  }

  private Outcome run(String program, String... words) throws IOException {
    List<String> command = new ArrayList<>(notAsRoot());
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(words));
    return Program.of(folder, command.toArray(String[]::new)).run();
  }

  /** Starts it, and waits until it answers. */
  public void start() throws IOException {
    String all = options + " -p " + port;
    run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", all, "start").expectSuccess();
    Guard.endWithThis(process(folder.resolve("data")).pid());
  }

  /** Kills all its processes at once. */
  public void kill() throws IOException {
    ProcessHandle postmaster = process(folder.resolve("data"));
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(0, postmaster);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().join();
    }
  }

  /** For {@code --ledger}. */
  public String url() {
    return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
  }

  @Override
  public void close() throws IOException {
    run("pg_ctl", "-D", "data", "-m", "immediate", "stop");
  }
}
