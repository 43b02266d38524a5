package dev.certwright.oidc.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints of distributed claims answer. An answer is kept for ten seconds, which is as long
 * as kube-apiserver keeps a token's user (rule U-07), and a hundred of them at most.
 */
public final class ClaimAnswers {
  private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int MOST = 100;

  private final ProviderClient client;
  private final LongSupplier nanoTime;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private record Kept(CompletableFuture<byte[]> answer, long until) {}

  /** With a client that trusts the issuer's CAs. */
  public ClaimAnswers(ProviderClient client, LongSupplier nanoTime) {
    this.client = client;
    this.nanoTime = nanoTime;
  }

  /**
   * An answer.
   *
   * @param text null if it is being fetched or failed
   * @param failure empty if it did not fail
   * @param fetched done when it is there; null if it is
   */
  public record Answer(
      @Nullable String text, String failure, @Nullable CompletionStage<?> fetched) {}

  /**
   * What is to be had at an address.
   *
   * @param accessToken a secret; empty for none
   */
  public synchronized Answer get(String url, String accessToken) {
    long now = nanoTime.getAsLong();
    kept.values().removeIf(each -> now - each.until > 0);
    String key = url + "\n" + accessToken;
    Kept found = kept.get(key);
    if (found == null) {
      if (kept.size() >= MOST) {
        return new Answer(null, "too many claims are being fetched", null);
      }
      found = new Kept(client.get(url, accessToken), now + KEPT_NANOS);
      kept.put(key, found);
    }
    if (!found.answer.isDone()) {
      return new Answer(null, "", found.answer);
    }
    try {
      return new Answer(new String(found.answer.join(), StandardCharsets.UTF_8), "", null);
    } catch (CompletionException failed) {
      return new Answer(null, ProviderKeys.described(failed), null);
    }
  }

  @Override
  public String toString() {
    return "answers of claim endpoints";
  }
}
