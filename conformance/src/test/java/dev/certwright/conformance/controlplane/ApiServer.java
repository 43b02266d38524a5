package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running kube-apiserver. */
public final class ApiServer implements AutoCloseable {
  private final Path assets;
  private final Path folder;
  private final Pki pki;
  private final GuardedProcess process;
  private final String url;
  private final Path administrator;

  private ApiServer(Path assets, Path folder, Pki pki, GuardedProcess process, String url) {
    this.assets = assets;
    this.folder = folder;
    this.pki = pki;
    this.process = process;
    this.url = url;
    this.administrator = administrator(pki, url);
  }

  private static Path administrator(Pki pki, String url) {
    return pki.issue(
        "administrator", List.of("system:masters"), Duration.ofDays(1), Instant.now(), url);
  }

  /** How another API server is to be started. */
  public static final class Builder {
    private final Path assets;
    private final Path folder;
    private final String etcd;
    private final Consumer<ApiServer> whenStarted;
    private Pki pki;
    private final Map<String, String> flags = new LinkedHashMap<>();

    Builder(Path assets, Path folder, Pki pki, String etcd, Consumer<ApiServer> whenStarted) {
      this.whenStarted = whenStarted;
      this.assets = assets;
      this.folder = folder;
      this.pki = pki;
      this.etcd = etcd;
      flag("--etcd-prefix", "/registry");
      flag("--authorization-mode", "RBAC");
      flag("--service-account-issuer", "https://kubernetes.default.svc");
      flag("--service-cluster-ip-range", "10.0.0.0/24");
      flag("--endpoint-reconciler-type", "none");
    }

    /** Sets a flag, in place of what it would have been. */
    public Builder flag(String name, Object value) {
      if (name.equals("--authorization-config")) {
        flags.remove("--authorization-mode");
      }
      flags.put(name, value.toString());
      return this;
    }

    /** A cluster of its own: it sees no object of another one. */
    public Builder withOwnObjects() {
      return flag("--etcd-prefix", "/" + folder.getFileName());
    }

    /** Trusts the CA in this folder, such as {@code certwright ca init} makes. */
    public Builder withAuthorityIn(Path authorityFolder) {
      pki = Pki.around(authorityFolder);
      return this;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @throws AssertionError with what it printed if it does not get ready
     */
    public ApiServer start() {
      List<String> common = new ArrayList<>();
      common.add(assets.resolve("kube-apiserver").toString());
      Path files = pki.folder();
      Map<String, Object> given = new LinkedHashMap<>();
      given.put("--etcd-servers", etcd);
      given.put("--bind-address", "127.0.0.1");
      given.put("--cert-dir", folder.resolve("certificates"));
      given.put("--tls-cert-file", files.resolve("server.crt"));
      given.put("--tls-private-key-file", files.resolve("server.key"));
      given.put("--client-ca-file", pki.authorityFile());
      given.put("--service-account-key-file", files.resolve("service-account.key"));
      given.put("--service-account-signing-key-file", files.resolve("service-account.key"));
      given.putAll(flags);
      given.forEach((name, value) -> common.add(name + "=" + value));
      ReadinessProbe probe = ReadinessProbe.ofApiServer(pki);
      Servers.Started started =
          Servers.start(
              port -> {
                List<String> command = new ArrayList<>(common);
                command.add("--secure-port=" + port);
                return command;
              },
              folder.resolve("scratch"),
              folder.resolve("kube-apiserver.log"),
              probe::problem);
      ApiServer server =
          new ApiServer(
              assets, folder, pki, started.process(), "https://127.0.0.1:" + started.port());
      whenStarted.accept(server);
      return server;
    }
  }

  /** Where it is, such as {@code https://127.0.0.1:6443}. */
  public String url() {
    return url;
  }

  /** Its keys and certificates. */
  public Pki pki() {
    return pki;
  }

  /** What it printed so far. */
  public String log() {
    return process.log();
  }

  /** A kubeconfig of a user in {@code system:masters}. */
  public Path administratorKubeconfig() {
    return administrator;
  }

  /** kubectl as the administrator. */
  public Outcome kubectl(String... words) {
    return kubectlAs(administrator).run(words);
  }

  /** The second number of its version. */
  public int minorVersion() {
    String version = kubectl("get", "--raw", "/version").expectSuccess();
    Matcher minor = Pattern.compile("\"minor\":\\s*\"(\\d+)\"").matcher(version);
    if (!minor.find()) {
      throw new AssertionError("no minor version in " + version);
    }
    return Integer.parseInt(minor.group(1));
  }

  /** Whether it takes the uid from a certificate: by default since 1.33. */
  public boolean readsUid() {
    return minorVersion() >= 33;
  }

  /** The newest version of AuthenticationConfiguration that it reads. */
  public String authenticationConfigurationVersion() {
    return minorVersion() >= 34 ? "v1" : "v1beta1";
  }

  /** kubectl with a kubeconfig. */
  public Program kubectlAs(Path kubeconfig) {
    return kubectlProgram().with("KUBECONFIG", kubeconfig);
  }

  /** kubectl with nothing but a home folder. */
  public Program kubectlProgram() {
    try {
      Path home = Files.createDirectories(folder.resolve("home"));
      return Program.of(home, assets.resolve("kubectl").toString())
          .with("HOME", home)
          .with("GOGC", "400");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
