package dev.certwright.server;

import dev.certwright.authentication.AnonymousAccess;
import dev.certwright.authentication.AuthenticatorChain;
import dev.certwright.authentication.ClientAuthorityFile;
import dev.certwright.authentication.ClientCertificateAuthenticator;
import dev.certwright.rbac.Policy;
import dev.certwright.revocation.live.RestrictedAccess;
import dev.certwright.server.audit.AuditLog;
import dev.certwright.server.discovery.ApiCatalog;
import dev.certwright.server.discovery.DiscoveryRoutes;
import dev.certwright.server.discovery.OpenApiRoutes;
import dev.certwright.server.health.HealthRoutes;
import dev.certwright.server.health.VersionRoutes;
import dev.certwright.server.http.HttpFront;
import dev.certwright.server.metrics.Metrics;
import dev.certwright.server.pipeline.AlwaysAllowedPaths;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.AuthorizerChain;
import dev.certwright.server.pipeline.Impersonation;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.server.pipeline.Pipeline;
import dev.certwright.server.pipeline.RbacAuthorizer;
import dev.certwright.server.pipeline.RequestLimits;
import dev.certwright.server.pipeline.RevocationAuthorizer;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.policy.ManifestSource;
import dev.certwright.server.review.ReviewRoutes;
import dev.certwright.server.review.WebhookCallers;
import dev.certwright.server.review.WebhookRoutes;
import dev.certwright.server.sandbox.Sandbox;
import dev.certwright.server.sandbox.SandboxRoutes;
import dev.certwright.server.tls.TlsContexts;
import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.key.NativeSignatureVerifier;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A running server; everything in it is wired here. */
public final class CertwrightServer implements AutoCloseable {
  /** The Kubernetes version whose answers are given. */
  public static final String KUBERNETES = "1.37.2";

  private static final System.Logger LOG = System.getLogger(CertwrightServer.class.getName());

  private final HttpFront front;
  private final ManifestSource manifests;
  private final ScheduledExecutorService upkeep;
  private final boolean nativeTls;
  private final @Nullable AuditLog audit;

  private CertwrightServer(
      HttpFront front,
      ManifestSource manifests,
      ScheduledExecutorService upkeep,
      boolean nativeTls,
      @Nullable AuditLog audit) {
    this.front = front;
    this.manifests = manifests;
    this.upkeep = upkeep;
    this.nativeTls = nativeTls;
    this.audit = audit;
  }

  /**
   * Reads all files, then listens.
   *
   * @param standardInput what stands for {@code -} among the manifests
   * @throws ServerException if a file is unusable
   * @throws IOException if a file cannot be read, or the address is not to be had
   */
  public static CertwrightServer start(ServerSettings settings, byte[] standardInput)
      throws IOException {
    ClientAuthorityFile authorities;
    try {
      authorities = ClientAuthorityFile.open(settings.clientAuthorities());
    } catch (BundleException unusable) {
      throw new ServerException(
          "the client CA bundle "
              + settings.clientAuthorities()
              + " cannot be used: "
              + unusable.getMessage(),
          unusable);
    }
    TlsContexts tls = TlsContexts.open(settings.tls(), authorities);
    ManifestSource manifests = new ManifestSource(settings.manifests(), standardInput);
    Sandbox sandbox = new Sandbox();
    if (settings.roles().contains(ServerRole.SANDBOX)) {
      manifests.whenRead(sandbox::update);
    }
    manifests.load();
    AuditLog audit = audit(settings.audit());
    Metrics metrics = new Metrics();
    Pipeline pipeline = pipeline(settings, authorities, manifests, sandbox, metrics, audit);
    metrics
        .with("apiserver_longrunning_requests", sandbox::watches)
        .with("certwright_policy_roles", () -> policy(manifests).roleCount())
        .with("certwright_policy_bindings", () -> policy(manifests).bindingCount())
        .with("certwright_ledger_entry", () -> restricted(settings).sequence())
        .with("certwright_refused_credentials_and_users", () -> restricted(settings).size());
    if (audit != null) {
      metrics
          .with("apiserver_audit_event_total", audit::written)
          .with("apiserver_audit_error_total", audit::lost);
    }
    HttpFront front = HttpFront.start(settings.address(), tls, pipeline, settings.limits());
    ScheduledExecutorService upkeep =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "certwright-upkeep");
              thread.setDaemon(true);
              return thread;
            });
    Future<?> unused =
        upkeep.scheduleWithFixedDelay(
            () -> refresh(tls, manifests, sandbox), 1, 1, TimeUnit.SECONDS);
    return new CertwrightServer(front, manifests, upkeep, tls.isNative(), audit);
  }

  private static Policy policy(ManifestSource manifests) {
    Policy policy = manifests.current();
    return policy == null ? Policy.EMPTY : policy;
  }

  private static RestrictedAccess restricted(ServerSettings settings) {
    RestrictedAccess access = settings.restrictions().current();
    return access == null ? RestrictedAccess.EMPTY : access;
  }

  private static @Nullable AuditLog audit(AuditSettings settings) throws IOException {
    if (settings.path().isEmpty()) {
      return null;
    }
    return settings.path().equals("-")
        ? AuditLog.to(new FileOutputStream(FileDescriptor.out))
        : AuditLog.to(
            Path.of(settings.path()), (long) settings.megabytes() << 20, settings.backups());
  }

  private static Pipeline pipeline(
      ServerSettings settings,
      ClientAuthorityFile authorities,
      ManifestSource manifests,
      Sandbox sandbox,
      Metrics metrics,
      @Nullable AuditLog audit) {
    Clock clock = Clock.systemUTC();
    AuthenticatorChain authenticators =
        AuthenticatorChain.of(
            List.of(
                new ClientCertificateAuthenticator(
                    authorities,
                    NativeSignatureVerifier.orPortable(),
                    clock,
                    ClientCertificateAuthenticator.DEFAULT_CAPACITY)));
    List<Authorizer> authorizers = new ArrayList<>();
    authorizers.add(new AlwaysAllowedPaths(settings.allowedPaths()));
    // Before everything that could allow.
    RevocationAuthorizer revocation = new RevocationAuthorizer(settings.restrictions());
    authorizers.add(revocation);
    if (settings.roles().contains(ServerRole.WEBHOOK)) {
      authorizers.add(new WebhookCallers(settings.webhookNames()));
    }
    Authorizer deciding = AuthorizerChain.of(List.of(revocation, new RbacAuthorizer(manifests)));
    authorizers.add(new RbacAuthorizer(manifests));
    List<Observer> observers = new ArrayList<>(List.of(metrics));
    if (audit != null) {
      observers.add(audit);
    }
    List<Routes> routes = new ArrayList<>();
    Map<String, BooleanSupplier> readiness = new LinkedHashMap<>();
    readiness.put("policy", () -> manifests.current() != null);
    readiness.put("ledger", () -> settings.restrictions().current() != null);
    routes.add(new HealthRoutes(readiness));
    routes.add(metrics);
    routes.add(new VersionRoutes(KUBERNETES, settings.version()));
    if (settings.roles().contains(ServerRole.WEBHOOK)) {
      routes.add(new WebhookRoutes(revocation.before(new RbacAuthorizer(manifests))));
    }
    if (settings.roles().contains(ServerRole.REVIEW)) {
      routes.add(new ReviewRoutes(deciding, manifests));
    }
    if (settings.roles().contains(ServerRole.SANDBOX)) {
      routes.add(new DiscoveryRoutes(sandbox::catalog));
      routes.add(new OpenApiRoutes(sandbox::catalog));
      routes.add(new SandboxRoutes(sandbox));
    } else if (settings.roles().contains(ServerRole.REVIEW)) {
      ApiCatalog reviews = ApiCatalog.only(ReviewRoutes::serves);
      routes.add(new DiscoveryRoutes(() -> reviews));
    }
    return new Pipeline(
        settings.anonymous() ? authenticators.orElse(new AnonymousAccess()) : authenticators,
        Impersonation.REFUSED,
        AuthorizerChain.of(authorizers),
        new RequestLimits(settings.requestsInFlight(), settings.mutatingRequestsInFlight()),
        routes,
        observers,
        clock);
  }

  private static void refresh(TlsContexts tls, ManifestSource manifests, Sandbox sandbox) {
    try {
      tls.refresh();
      manifests.refresh();
      sandbox.tend();
    } catch (RuntimeException bug) {
      // Else the executor would never look again.
      LOG.log(System.Logger.Level.ERROR, "files could not be looked after", bug);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return front.address();
  }

  /** {@code https://ADDRESS:PORT}. */
  public String url() {
    InetSocketAddress address = address();
    String host = address.getAddress().getHostAddress();
    return "https://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  /** Whether TLS is BoringSSL's. */
  public boolean hasNativeTls() {
    return nativeTls;
  }

  /** The policy and the objects that are in force. */
  public ManifestSource manifests() {
    return manifests;
  }

  /** How many connections are open. */
  public int connections() {
    return front.connections();
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    front.close();
    if (audit != null) {
      audit.close();
    }
  }
}
