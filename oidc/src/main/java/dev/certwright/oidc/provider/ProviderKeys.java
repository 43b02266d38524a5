package dev.certwright.oidc.provider;

import dev.certwright.oidc.token.SignedToken;
import dev.certwright.rbac.GoText;
import dev.certwright.x509.key.SignatureVerifier;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that an issuer publishes, found by discovery (OpenID Connect Discovery 1.0). They are
 * fetched again when a token is signed by none of them, at most once in two seconds, and behind the
 * scenes when they are five minutes old, so that one that was taken back is not believed for long.
 * If that fails, those before stay in force.
 */
public final class ProviderKeys implements KeySource {
  private static final System.Logger LOG = System.getLogger(ProviderKeys.class.getName());
  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final long BETWEEN_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long STALE_NANOS = Duration.ofMinutes(5).toNanos();
  private static final YamlLimits LIMITS = new YamlLimits(1 << 20, 20, 20_000);
  private static final String NOT_SIGNED = "failed to verify id token signature";

  private final String issuer;
  private final String discoveryUrl;
  private final ProviderClient client;
  private final SignatureVerifier signatures;
  private final LongSupplier nanoTime;

  private volatile @Nullable KeyList keys;
  private volatile long fetched;

  // Guarded by this.
  private @Nullable CompletableFuture<?> fetching;
  private byte[] content = {};
  private @Nullable String keysUrl;
  private long nextFetch;
  private String problem = "";

  /**
   * Of one issuer; nothing is fetched before it is asked for.
   *
   * @param discoveryUrl where the description is, if not at its usual place; empty for that
   */
  public ProviderKeys(
      String issuer,
      String discoveryUrl,
      ProviderClient client,
      SignatureVerifier signatures,
      LongSupplier nanoTime) {
    this.issuer = issuer;
    this.discoveryUrl = discoveryUrl.isEmpty() ? wellKnown(issuer) : discoveryUrl;
    this.client = client;
    this.signatures = signatures;
    this.nanoTime = nanoTime;
    this.nextFetch = nanoTime.getAsLong();
  }

  private static String wellKnown(String issuer) {
    return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN;
  }

  @Override
  public @Nullable KeyList current() {
    return keys;
  }

  @Override
  public void prepare() {
    CompletionStage<?> unused = fetch();
  }

  @Override
  public SignatureAnswer check(SignedToken token) {
    KeyList known = keys;
    if (known != null && known.verifies(token)) {
      if (nanoTime.getAsLong() - fetched > STALE_NANOS) {
        CompletionStage<?> unused = fetch();
      }
      return new SignatureAnswer.Good(known);
    }
    CompletionStage<?> fetch = fetch();
    if (fetch != null) {
      return new SignatureAnswer.Later(fetch);
    }
    return new SignatureAnswer.Bad(
        keys == null
            ? "oidc: authenticator not initialized"
            : "oidc: verify token: failed to verify signature: " + reason());
  }

  private synchronized String reason() {
    return problem.isEmpty() ? NOT_SIGNED : "fetching keys " + problem;
  }

  /**
   * Fetches, or joins who does.
   *
   * @return done when that is over, in whatever way; null if it was over only a moment ago
   */
  public synchronized @Nullable CompletionStage<?> fetch() {
    if (fetching != null) {
      return fetching;
    }
    if (nanoTime.getAsLong() - nextFetch < 0) {
      return null;
    }
    CompletableFuture<Object> done = new CompletableFuture<>();
    fetching = done;
    CompletableFuture<?> unused =
        fetchUrl()
            .thenCompose(url -> client.get(url, ""))
            .whenComplete((body, failure) -> finish(done, body, failure));
    return done;
  }

  private synchronized CompletableFuture<String> fetchUrl() {
    String known = keysUrl;
    return known != null
        ? CompletableFuture.completedFuture(known)
        : client.get(discoveryUrl, "").thenApply(this::described).thenApply(this::moved);
  }

  private synchronized String moved(String url) {
    keysUrl = url;
    return url;
  }

  private String described(byte[] description) {
    YamlMapping fields;
    try {
      YamlValue value = YamlReader.lenient().withLimits(LIMITS).readJson("discovery", description);
      if (!(value instanceof YamlMapping mapping)) {
        throw refusal("failed to decode provider discovery object: found a " + value.kind());
      }
      fields = mapping;
    } catch (YamlException malformed) {
      throw refusal("failed to decode provider discovery object: " + malformed.problem());
    }
    if (!issuer.equals(text(fields, "issuer"))) {
      throw refusal(
          "oidc: issuer did not match the issuer returned by provider, expected "
              + GoText.quote(issuer)
              + " got "
              + GoText.quote(text(fields, "issuer")));
    }
    String url = text(fields, "jwks_uri");
    if (url.isEmpty()) {
      throw refusal("provider did not return JWKS URL");
    }
    return url;
  }

  private static CompletionException refusal(String why) {
    return new CompletionException(new ProviderException(why));
  }

  private static String text(YamlMapping fields, String name) {
    return fields.get(name) instanceof YamlString string ? string.value() : "";
  }

  private void finish(
      CompletableFuture<Object> done, byte @Nullable [] body, @Nullable Throwable failure) {
    synchronized (this) {
      fetching = null;
      nextFetch = nanoTime.getAsLong() + BETWEEN_NANOS;
      String before = problem;
      if (body == null) {
        problem = described(failure);
        // It may have moved.
        keysUrl = null;
      } else {
        take(body);
      }
      if (!problem.isEmpty() && !problem.equals(before)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "keys of the issuer {0} cannot be fetched: {1}",
            issuer,
            problem);
      }
    }
    done.complete(this);
  }

  private void take(byte[] body) {
    if (keys != null && Arrays.equals(body, content)) {
      problem = "";
      fetched = nanoTime.getAsLong();
      return;
    }
    try {
      KeyList read = KeyList.read(body, signatures);
      content = body;
      keys = read;
      fetched = nanoTime.getAsLong();
      problem = "";
      LOG.log(
          System.Logger.Level.INFO, "{0} keys of the issuer {1} are in force", read.size(), issuer);
    } catch (ProviderException unusable) {
      problem = String.valueOf(unusable.getMessage());
    }
  }

  static String described(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause == null ? null : cause.getMessage();
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "no answer in time";
    } else if (cause instanceof ConnectException) {
      return message == null ? "no connection" : "no connection: " + message;
    } else if (cause instanceof UnresolvedAddressException) {
      return "the name of its host is not known";
    }
    return message == null ? String.valueOf(cause) : message;
  }

  @Override
  public String toString() {
    return "keys of " + issuer;
  }
}
