package dev.certwright.server.pipeline;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;

/**
 * The place in the pipeline where a client may become somebody else, by {@code Impersonate-*}
 * headers (rules I-01 to I-07). Safe for use by several threads.
 */
public interface Impersonation {

  /** Who acts from here on, or why not. */
  sealed interface Outcome {
    /** The request goes on as this one; the client itself if it impersonates nobody. */
    record Acting(Identity identity) implements Outcome {}

    /**
     * It does not go on.
     *
     * @param status 400 or 403
     * @param reason of the Status, {@code BadRequest} or {@code Forbidden}
     * @param message what is wrong
     */
    record Refused(int status, String reason, String message) implements Outcome {}
  }

  /** Looks at the headers of a request. */
  Outcome impersonate(Request request, RequestInfo info, Identity client, Authorizer authorizer);

  /** Refuses every request with such headers: to ignore them would act as the wrong user. */
  Impersonation REFUSED =
      (request, info, client, authorizer) ->
          request.hasHeaderBeginning("Impersonate-")
              ? new Outcome.Refused(
                  403, "Forbidden", "forbidden: impersonation is not supported by this server")
              : new Outcome.Acting(client);
}
