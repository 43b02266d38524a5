package dev.certwright.server;

import dev.certwright.cluster.ApiServer;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A server that audit events are posted to, in kube-apiserver's terms.
 *
 * @param server {@code --audit-webhook-config-file}; made anew for each post, so that credentials
 *     which are renewed in their files count
 * @param bufferSize events that wait at most; further ones are lost: {@code
 *     --audit-webhook-batch-buffer-size}
 * @param maxSize events in a post: {@code --audit-webhook-batch-max-size}
 * @param maxWait after which those are posted that there are: {@code
 *     --audit-webhook-batch-max-wait}
 * @param initialBackoff before a post is tried again, half as long again each time: {@code
 *     --audit-webhook-initial-backoff}
 */
public record AuditWebhookSettings(
    Supplier<ApiServer> server,
    int bufferSize,
    int maxSize,
    Duration maxWait,
    Duration initialBackoff) {

  /** With kube-apiserver's defaults. */
  public static AuditWebhookSettings of(Supplier<ApiServer> server) {
    return new AuditWebhookSettings(
        server, 10_000, 400, Duration.ofSeconds(30), Duration.ofSeconds(10));
  }
}
