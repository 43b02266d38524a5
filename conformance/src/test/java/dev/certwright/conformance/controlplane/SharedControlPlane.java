package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all tests of a run share: etcd, an API server and kube-controller-manager on free loopback
 * ports, in a folder of their own, stopped when this process ends, however it ends. Each of them is
 * started when the first test needs it.
 */
final class SharedControlPlane implements AutoCloseable {
  private final Path folder;
  private final Path assets;
  private final Pki pki;
  private final GuardedProcess etcd;
  private final String etcdUrl;
  private @Nullable ApiServer shared;
  private @Nullable GuardedProcess controllerManager;
  private final AtomicInteger servers = new AtomicInteger();

  private SharedControlPlane(Path assets) throws IOException {
    this.assets = assets;
    folder = Places.newFolder("control-plane");
    pki = Pki.create(Files.createDirectory(folder.resolve("pki")));
    Path data = folder.resolve("etcd-data");
    Servers.Started running =
        Servers.start(
            port -> etcdCommand(port, data),
            data,
            folder.resolve("etcd.log"),
            ReadinessProbe.ofEtcd()::problem);
    etcd = running.process();
    etcdUrl = "http://127.0.0.1:" + running.port();
  }

  /** Starts one, building the programs if they are not there. */
  static SharedControlPlane start() {
    try {
      return new SharedControlPlane(Upstream.built().assets());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> etcdCommand(int port, Path data) {
    int peerPort = Servers.freePort();
    String own = "http://127.0.0.1:";
    return List.of(
        assets.resolve("etcd").toString(),
        "--data-dir=" + data,
        "--listen-client-urls=" + own + port,
        "--advertise-client-urls=" + own + port,
        "--listen-peer-urls=" + own + peerPort,
        "--initial-advertise-peer-urls=" + own + peerPort,
        "--initial-cluster=default=" + own + peerPort,
        "--unsafe-no-fsync",
        "--log-level=warn");
  }

  /** The API server; RBAC authorizes. */
  synchronized ApiServer apiServer() {
    ApiServer started = shared;
    if (started == null) {
      started = newApiServer(server -> {}).start();
      shared = started;
    }
    return started;
  }

  /** The keys and certificates of all API servers that have no CA of their own. */
  Pki pki() {
    return pki;
  }

  /** The folder of kubectl and the others, for programs that look for them on their path. */
  Path programs() {
    return assets;
  }

  /** The folder of this run; logs are kept if a test fails. */
  Path folder() {
    return folder;
  }

  /**
   * Another API server, for whoever closes it.
   *
   * @param whenStarted is told of it
   */
  ApiServer.Builder newApiServer(Consumer<ApiServer> whenStarted) {
    try {
      Path own = Files.createDirectory(folder.resolve("api-server-" + servers.incrementAndGet()));
      return new ApiServer.Builder(assets, own, pki, etcdUrl, whenStarted);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Sees to it that kube-controller-manager runs for the shared API server: it signs requests,
   * approved before, with the CA of {@link Pki}, and fills aggregating ClusterRoles.
   */
  synchronized void requireControllerManager() {
    if (controllerManager != null) {
      return;
    }
    Path program = assets.resolve("kube-controller-manager");
    if (!Files.isExecutable(program)) {
      throw new AssertionError(
          program + " is not there, and this test needs it; unset KUBEBUILDER_ASSETS to build it");
    }
    Path own = folder.resolve("controller-manager");
    controllerManager =
        GuardedProcess.start(
            List.of(
                program.toString(),
                "--kubeconfig=" + apiServer().administratorKubeconfig(),
                "--cluster-signing-cert-file=" + pki.authorityFile(),
                "--cluster-signing-key-file=" + pki.folder().resolve("ca.key"),
                "--controllers=certificatesigningrequest-signing-controller,"
                    + "clusterrole-aggregation-controller",
                "--leader-elect=false",
                "--secure-port=0"),
            own,
            folder.resolve("kube-controller-manager.log"));
  }

  /** Stops everything. */
  @Override
  public synchronized void close() {
    List<AutoCloseable> all = new ArrayList<>();
    if (controllerManager != null) {
      all.add(controllerManager);
    }
    if (shared != null) {
      all.add(shared);
    }
    all.add(etcd);
    AllClosed.close(all);
  }

  void deleteFolder() throws IOException {
    delete(folder);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
