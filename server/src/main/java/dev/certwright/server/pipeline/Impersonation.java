package dev.certwright.server.pipeline;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;
import dev.certwright.yaml.YamlMapping;
import org.jspecify.annotations.Nullable;

/**
 * The place in the pipeline where a client may become somebody else, by {@code Impersonate-*}
 * headers (rules I-01 to I-07). Safe for use by several threads.
 */
public interface Impersonation {

  /** Who acts from here on, or why not. */
  sealed interface Outcome {
    /**
     * The request goes on as this one.
     *
     * @param identity the client itself if it impersonates nobody
     * @param constraint under which it may be somebody else, empty if under none; null if it is
     *     itself
     */
    record Acting(Identity identity, @Nullable String constraint) implements Outcome {

      /** Impersonates nobody. */
      static Acting asItself(Identity client) {
        return new Acting(client, null);
      }
    }

    /**
     * It does not go on.
     *
     * @param status 400 or 403
     * @param body a {@code Status}
     */
    record Refused(int status, YamlMapping body) implements Outcome {}
  }

  /** Looks at the headers of a request. */
  Outcome impersonate(Request request, RequestInfo info, Identity client, Authorizer authorizer);
}
