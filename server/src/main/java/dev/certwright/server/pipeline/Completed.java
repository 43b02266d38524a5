package dev.certwright.server.pipeline;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of which something is to be told.
 *
 * @param stage how far it is
 * @param auditId of the request
 * @param request what was sent
 * @param info what it is about; null if that cannot be said
 * @param client who sent it, null if nobody was let in
 * @param user who acts: another one than the client if it impersonates; null if not so far
 * @param constraint under which the client may be somebody else, empty if under none; null if it
 *     acts as itself
 * @param verdict of the authorizers, null if they were not asked
 * @param status HTTP status of the answer
 * @param problem why nobody was let in, for the operator; empty else
 * @param received when its head had come
 * @param at when this stage was reached
 */
public record Completed(
    Stage stage,
    String auditId,
    Request request,
    @Nullable RequestInfo info,
    @Nullable Identity client,
    @Nullable Identity user,
    @Nullable String constraint,
    @Nullable Verdict verdict,
    int status,
    String problem,
    Instant received,
    Instant at) {

  /** The stages that are told of (rule AU-08). */
  public enum Stage {
    /** The head of a stream is sent, or nobody was let in. */
    RESPONSE_STARTED,
    /** The answer is sent, or the client gone. */
    RESPONSE_COMPLETE
  }
}
