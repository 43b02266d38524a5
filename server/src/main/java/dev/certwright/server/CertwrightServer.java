package dev.certwright.server;

import dev.certwright.authentication.impersonation.ConstrainedImpersonation;
import dev.certwright.cluster.PolicyWatch;
import dev.certwright.rbac.Policy;
import dev.certwright.revocation.live.RestrictedAccess;
import dev.certwright.server.discovery.ApiCatalog;
import dev.certwright.server.discovery.DiscoveryRoutes;
import dev.certwright.server.discovery.OpenApiRoutes;
import dev.certwright.server.health.DebugRoutes;
import dev.certwright.server.health.HealthRoutes;
import dev.certwright.server.health.VersionRoutes;
import dev.certwright.server.http.HttpFront;
import dev.certwright.server.metrics.Metrics;
import dev.certwright.server.pipeline.AlwaysAllowedPaths;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.AuthorizerChain;
import dev.certwright.server.pipeline.HeaderImpersonation;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.server.pipeline.Pipeline;
import dev.certwright.server.pipeline.PolicySource;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running server; everything in it is wired here. */
public final class CertwrightServer implements AutoCloseable {
  /** The Kubernetes version whose answers are given. */
  public static final String KUBERNETES = "1.37.2";

  private final HttpFront front;
  private final ManifestSource manifests;
  private final Upkeep upkeep;
  private final boolean nativeTls;
  private final @Nullable PolicyWatch cluster;
  private final List<AutoCloseable> sinks;

  private CertwrightServer(
      HttpFront front,
      ManifestSource manifests,
      Upkeep upkeep,
      boolean nativeTls,
      @Nullable PolicyWatch cluster,
      List<AutoCloseable> sinks) {
    this.front = front;
    this.manifests = manifests;
    this.upkeep = upkeep;
    this.nativeTls = nativeTls;
    this.cluster = cluster;
    this.sinks = sinks;
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
    Authenticators authenticators = Authenticators.open(settings, Clock.systemUTC());
    TlsContexts tls = TlsContexts.open(settings.tls(), authenticators.advertised());
    ManifestSource manifests = new ManifestSource(settings.manifests(), standardInput);
    Sandbox sandbox = new Sandbox();
    Supplier<ApiCatalog> kinds = sandbox::catalog;
    if (settings.roles().contains(ServerRole.SANDBOX)) {
      manifests.whenRead(sandbox::update);
    } else {
      // kubectl asks for the group of what it was asked about, also where no objects are served.
      AtomicReference<ApiCatalog> known = new AtomicReference<>(sandbox.catalog());
      manifests.whenRead(read -> known.set(ApiCatalog.withCustom(read.objects())));
      kinds = known::get;
    }
    manifests.load();
    Metrics metrics = new Metrics();
    PolicyWatch cluster = follow(settings, metrics);
    PolicySource policies = cluster == null ? manifests : cluster::current;
    AuditSinks audit = AuditSinks.open(settings, metrics);
    Pipeline pipeline =
        pipeline(settings, authenticators, policies, sandbox, kinds, metrics, audit.observers());
    metrics
        .with("apiserver_longrunning_requests", sandbox::watches)
        .with("certwright_policy_roles", () -> policy(policies).roleCount())
        .with("certwright_policy_bindings", () -> policy(policies).bindingCount())
        .with("certwright_ledger_entry", () -> restricted(settings).sequence())
        .info("certwright_ledger_info", "ledger", () -> restricted(settings).ledger())
        .with("certwright_refused_credentials_and_users", () -> restricted(settings).size());
    HttpFront front = HttpFront.start(settings.address(), tls, pipeline, settings.limits());
    Upkeep upkeep =
        Upkeep.start(
            List.of(tls::refresh, authenticators::refresh, manifests::refresh, sandbox::tend));
    return new CertwrightServer(
        front, manifests, upkeep, tls.isNative(), cluster, audit.closeables());
  }

  private static RestrictedAccess restricted(ServerSettings settings) {
    RestrictedAccess access = settings.restrictions().current();
    return access == null ? RestrictedAccess.EMPTY : access;
  }

  private static @Nullable PolicyWatch follow(ServerSettings settings, Metrics metrics) {
    if (settings.cluster() == null) {
      return null;
    }
    PolicyWatch watch = PolicyWatch.start(settings.cluster());
    metrics
        .with("certwright_policy_silence_seconds", () -> watch.silence().toSeconds())
        .with("certwright_policy_lists_total", watch::lists)
        .with("certwright_policy_watch_failures_total", watch::failures);
    return watch;
  }

  private static Policy policy(PolicySource policies) {
    Policy policy = policies.current();
    return policy == null ? Policy.EMPTY : policy;
  }

  private static Pipeline pipeline(
      ServerSettings settings,
      Authenticators authenticators,
      PolicySource policies,
      Sandbox sandbox,
      Supplier<ApiCatalog> kinds,
      Metrics metrics,
      List<Observer> auditing) {
    Clock clock = Clock.systemUTC();
    List<Authorizer> authorizers = new ArrayList<>();
    authorizers.add(new AlwaysAllowedPaths(settings.allowedPaths()));
    // Before everything that could allow.
    RevocationAuthorizer revocation = new RevocationAuthorizer(settings.restrictions());
    authorizers.add(revocation);
    if (settings.roles().contains(ServerRole.WEBHOOK)
        || settings.roles().contains(ServerRole.AUTHENTICATION_WEBHOOK)) {
      authorizers.add(new WebhookCallers(settings.webhookNames()));
    }
    Authorizer deciding = AuthorizerChain.of(List.of(revocation, new RbacAuthorizer(policies)));
    authorizers.add(new RbacAuthorizer(policies));
    List<Observer> observers = new ArrayList<>(List.of(metrics));
    observers.addAll(auditing);
    List<Routes> routes = new ArrayList<>();
    Map<String, BooleanSupplier> readiness = new LinkedHashMap<>();
    readiness.put("policy", () -> policies.current() != null);
    readiness.put("ledger", () -> settings.restrictions().current() != null);
    routes.add(new HealthRoutes(readiness));
    routes.add(metrics);
    if (settings.profiling()) {
      routes.add(new DebugRoutes());
    }
    routes.add(new VersionRoutes(KUBERNETES, settings.version()));
    if (settings.roles().contains(ServerRole.WEBHOOK)) {
      routes.add(WebhookRoutes.authorization(revocation.before(new RbacAuthorizer(policies))));
    }
    if (settings.roles().contains(ServerRole.AUTHENTICATION_WEBHOOK)) {
      routes.add(WebhookRoutes.authentication(authenticators.chain(), settings.apiAudiences()));
    }
    if (settings.roles().contains(ServerRole.REVIEW)) {
      routes.add(
          new ReviewRoutes(deciding, policies, authenticators.chain(), settings.apiAudiences()));
    }
    if (settings.roles().contains(ServerRole.SANDBOX)) {
      routes.add(new DiscoveryRoutes(kinds));
      routes.add(new OpenApiRoutes(kinds));
      routes.add(new SandboxRoutes(sandbox));
    } else if (settings.roles().contains(ServerRole.REVIEW)) {
      routes.add(new DiscoveryRoutes(kinds));
    }
    return new Pipeline(
        authenticators.all(settings.anonymous()),
        new HeaderImpersonation(new ConstrainedImpersonation()),
        AuthorizerChain.of(authorizers),
        new RequestLimits(settings.requestsInFlight(), settings.mutatingRequestsInFlight()),
        routes,
        observers,
        clock);
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

  /** The live cluster whose policy is in force; null if manifests are. */
  public @Nullable PolicyWatch cluster() {
    return cluster;
  }

  /** How many connections are open. */
  public int connections() {
    return front.connections();
  }

  @Override
  public void close() {
    upkeep.close();
    front.close();
    if (cluster != null) {
      cluster.close();
    }
    AuditSinks.close(sinks);
  }
}
