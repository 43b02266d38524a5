package dev.certwright.server;

import dev.certwright.cluster.ApiServer;
import dev.certwright.revocation.live.RestrictionSource;
import dev.certwright.server.http.FrontLimits;
import dev.certwright.server.pipeline.AlwaysAllowedPaths;
import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.server.tls.TlsSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told, in kube-apiserver's terms. Made by {@link #builder}; immutable.
 *
 * @param address {@code --bind-address} and {@code --secure-port}; port 0 is any free one
 * @param tls certificates and versions
 * @param clientAuthorities {@code --client-ca-file}
 * @param manifests policy and objects
 * @param roles what it does
 * @param apiAudiences {@code --api-audiences}; empty if they are not looked at
 * @param authentication how clients prove who they are besides by certificate
 * @param anonymous {@code --anonymous-auth}
 * @param allowedPaths {@code --authorization-always-allow-paths}
 * @param webhookNames who may ask the authorization webhook besides whom RBAC lets
 * @param limits bounds of connections
 * @param requestsInFlight {@code --max-requests-inflight}
 * @param mutatingRequestsInFlight {@code --max-mutating-requests-inflight}
 * @param profiling {@code --profiling}, here off unless asked for: {@code /debug}
 * @param audit where audit events go
 * @param auditWebhook where they are posted to besides; null for nowhere
 * @param cluster whose RBAC objects are the policy, in the place of manifests; null for none
 * @param restrictions who is refused before anybody else is asked
 * @param version Certwright's own, for {@code /version}
 */
public record ServerSettings(
    InetSocketAddress address,
    TlsSettings tls,
    Path clientAuthorities,
    ManifestSettings manifests,
    Set<ServerRole> roles,
    List<String> apiAudiences,
    AuthenticationSettings authentication,
    boolean anonymous,
    List<String> allowedPaths,
    List<String> webhookNames,
    FrontLimits limits,
    int requestsInFlight,
    int mutatingRequestsInFlight,
    boolean profiling,
    AuditSettings audit,
    @Nullable AuditWebhookSettings auditWebhook,
    @Nullable Supplier<ApiServer> cluster,
    RestrictionSource restrictions,
    String version) {

  /** Copies the collections. */
  public ServerSettings {
    roles = roles.isEmpty() ? Set.of() : Set.copyOf(roles);
    apiAudiences = List.copyOf(apiAudiences);
    allowedPaths = List.copyOf(allowedPaths);
    webhookNames = List.copyOf(webhookNames);
  }

  /** A server on a free loopback port, unless told otherwise. */
  public static Builder builder(CertificateFiles serving, Path clientAuthorities) {
    return new Builder(serving, clientAuthorities);
  }

  /** Collects what differs from the usual. */
  public static final class Builder {
    private final Path clientAuthorities;
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private TlsSettings tls;
    private ManifestSettings manifests = ManifestSettings.none();
    private Set<ServerRole> roles = EnumSet.of(ServerRole.REVIEW, ServerRole.SANDBOX);
    private List<String> apiAudiences = List.of();
    private AuthenticationSettings authentication = AuthenticationSettings.CERTIFICATES;
    private boolean anonymous = true;
    private List<String> allowedPaths = AlwaysAllowedPaths.DEFAULT;
    private List<String> webhookNames = List.of();
    private FrontLimits limits = FrontLimits.DEFAULT;
    private int requestsInFlight = 400;
    private int mutatingRequestsInFlight = 200;
    private boolean profiling;
    private AuditSettings audit = AuditSettings.NONE;
    private @Nullable AuditWebhookSettings auditWebhook;
    private @Nullable Supplier<ApiServer> cluster;
    private RestrictionSource restrictions = RestrictionSource.NONE;
    private String version = "";

    private Builder(CertificateFiles serving, Path clientAuthorities) {
      this.tls = TlsSettings.of(serving);
      this.clientAuthorities = clientAuthorities;
    }

    /** Where it listens. */
    public Builder address(InetSocketAddress value) {
      address = value;
      return this;
    }

    /** How it speaks TLS. */
    public Builder tls(TlsSettings value) {
      tls = value;
      return this;
    }

    /** Policy and objects. */
    public Builder manifests(ManifestSettings value) {
      manifests = value;
      return this;
    }

    /** What it does. */
    public Builder roles(Set<ServerRole> value) {
      roles = value;
      return this;
    }

    /** How clients prove who they are besides by certificate. */
    public Builder authentication(AuthenticationSettings value) {
      authentication = value;
      return this;
    }

    /** Whom tokens are meant for that do not say it themselves. */
    public Builder apiAudiences(List<String> value) {
      apiAudiences = value;
      return this;
    }

    /** Whether clients without credentials are {@code system:anonymous}. */
    public Builder anonymous(boolean value) {
      anonymous = value;
      return this;
    }

    /** Paths that everybody may get. */
    public Builder allowedPaths(List<String> value) {
      allowedPaths = value;
      return this;
    }

    /** Users who may ask the webhook. */
    public Builder webhookNames(List<String> value) {
      webhookNames = value;
      return this;
    }

    /** Bounds of connections. */
    public Builder limits(FrontLimits value) {
      limits = value;
      return this;
    }

    /** Bounds of requests that are answered at once. */
    public Builder requestsInFlight(int reading, int mutating) {
      requestsInFlight = reading;
      mutatingRequestsInFlight = mutating;
      return this;
    }

    /** Whether {@code /debug} is there. */
    public Builder profiling(boolean value) {
      profiling = value;
      return this;
    }

    /** Where audit events go. */
    public Builder audit(AuditSettings value) {
      audit = value;
      return this;
    }

    /** Where they are posted to besides. */
    public Builder auditWebhook(@Nullable AuditWebhookSettings value) {
      auditWebhook = value;
      return this;
    }

    /** The policy of a live cluster; made anew for each connection to it. */
    public Builder cluster(@Nullable Supplier<ApiServer> value) {
      cluster = value;
      return this;
    }

    /** Who is refused before anybody else is asked. */
    public Builder restrictions(RestrictionSource value) {
      restrictions = value;
      return this;
    }

    /** Certwright's own version. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** As collected. */
    public ServerSettings build() {
      return new ServerSettings(
          address,
          tls,
          clientAuthorities,
          manifests,
          roles,
          apiAudiences,
          authentication,
          anonymous,
          allowedPaths,
          webhookNames,
          limits,
          requestsInFlight,
          mutatingRequestsInFlight,
          profiling,
          audit,
          auditWebhook,
          cluster,
          restrictions,
          version);
    }
  }
}
