package dev.certwright.server.pipeline;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.token.BearerTokenAuthenticator;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.ForbiddenText;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.RequestInfoResolver;
import dev.certwright.rbac.request.RequestLineException;
import dev.certwright.rbac.request.UnresolvableRequestException;
import dev.certwright.server.http.Exchange;
import dev.certwright.server.http.Request;
import dev.certwright.server.http.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One request on its way. Lives on the thread of its connection. */
final class PipelineExchange implements Exchange {
  private static final System.Logger LOG = System.getLogger(PipelineExchange.class.getName());
  private static final int BODY_LIMIT = 3 << 20;
  private static final int AUDIT_ID_LIMIT = 64;
  // Keys, a distributed claim, and the keys of that claim's issuer.
  private static final int MOST_WAITS = 4;

  private final Pipeline pipeline;
  private final Request request;
  private final Instant received;
  private final String auditId;

  private @Nullable RequestInfo info;
  private @Nullable Identity client;
  private @Nullable Identity user;
  private @Nullable String constraint;
  private @Nullable Verdict verdict;
  private @Nullable Endpoint endpoint;
  private RequestLimits.@Nullable Place place;
  private @Nullable Response early;
  private @Nullable CompletionStage<?> waitsFor;
  private int waited;
  private String problem = "";
  private int status;

  PipelineExchange(Pipeline pipeline, Request request) {
    this.pipeline = pipeline;
    this.request = request;
    this.received = pipeline.clock().instant();
    this.auditId = auditId(request.header("Audit-ID"));
  }

  // Taken as it comes (rule AU-03), but for what does not belong into a log or a header.
  private static String auditId(String given) {
    if (given.isEmpty() || given.length() > AUDIT_ID_LIMIT) {
      return newId();
    }
    for (int i = 0; i < given.length(); i++) {
      if (given.charAt(i) <= ' ' || given.charAt(i) > '~') {
        return newId();
      }
    }
    return given;
  }

  // A version 4 UUID. It has to be new, not secret.
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long most = random.nextLong() & ~0xF000L | 0x4000L;
    long least = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE;
    return new UUID(most, least).toString();
  }

  void begin() {
    Response refusal;
    try {
      refusal = refusal();
    } catch (RuntimeException bug) {
      refusal = bug(bug);
    }
    if (refusal != null) {
      early = finish(refusal);
      return;
    }
    Endpoint found = endpoint;
    if (found != null && !found.readsBody()) {
      early = answer(new byte[0]);
    }
  }

  /** All that comes before the endpoint; null if it may answer. */
  private @Nullable Response refusal() {
    RequestInfo about;
    try {
      about = RequestInfoResolver.resolve(request.method(), request.target());
    } catch (RequestLineException malformed) {
      return Response.text(400, "400 Bad Request").closing();
    } catch (UnresolvableRequestException unresolvable) {
      return internalError("failed to create RequestInfo: " + unresolvable.getMessage());
    }
    info = about;
    Authentication authentication =
        pipeline.authenticator().authenticate(new Shown(request, about.path()));
    if (authentication instanceof Authentication.Later later && waited < MOST_WAITS) {
      waited++;
      waitsFor = later.ready();
      return null;
    }
    if (!(authentication instanceof Authentication.Authenticated authenticated)) {
      problem =
          authentication instanceof Authentication.Failed failed
              ? failed.reason()
              : authentication instanceof Authentication.Later
                  ? "what authentication waits for did not come in time"
                  : "no credentials provided";
      return lastOfConnection(Call.answer(request, 401, StatusObject.unauthorized()));
    }
    Identity sender = authenticated.identity();
    client = sender;
    Impersonation.Outcome outcome =
        pipeline.impersonation().impersonate(request, about, sender, pipeline.authorizer());
    if (outcome instanceof Impersonation.Outcome.Refused refused) {
      return Call.answer(request, refused.status(), refused.body())
          .with("X-Content-Type-Options", "nosniff");
    }
    Impersonation.Outcome.Acting actor = (Impersonation.Outcome.Acting) outcome;
    Identity acting = actor.identity();
    user = acting;
    constraint = actor.constraint();
    place = pipeline.limits().take(about.verb());
    if (place == null) {
      return Call.answer(request, 429, StatusObject.tooManyRequests()).with("Retry-After", "1");
    }
    Response forbidden = authorize(about, acting);
    if (forbidden != null) {
      return sender.name().equals(Identity.ANONYMOUS_USER)
          ? lastOfConnection(forbidden)
          : forbidden;
    }
    endpoint = route(about);
    return endpoint == null
        ? Response.text(404, "404 page not found\n").with("Cache-Control", "no-cache, private")
        : null;
  }

  private @Nullable Response authorize(RequestInfo about, Identity acting) {
    Verdict decided = pipeline.authorizer().authorize(about.askedBy(acting));
    verdict = decided;
    if (decided.isAllowed()) {
      return null;
    }
    if (!decided.error().isEmpty()) {
      return internalError(decided.error());
    }
    return Call.answer(
            request,
            403,
            StatusObject.forbidden(
                ForbiddenText.of(about.askedBy(acting), decided.reason()),
                about.name(),
                about.apiGroup(),
                about.resource()))
        .with("X-Content-Type-Options", "nosniff");
  }

  private @Nullable Endpoint route(RequestInfo about) {
    for (Routes routes : pipeline.routes()) {
      Endpoint found = routes.find(request.method(), about);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  // Who is not known does not get to open many streams (rule U-09).
  private Response lastOfConnection(Response response) {
    return request.isHttp2() ? response.closing() : response;
  }

  private Response internalError(String error) {
    return Response.text(
        500,
        "Internal Server Error: \"" + escaped(request.target()) + "\": " + escaped(error) + "\n");
  }

  private Response bug(RuntimeException bug) {
    LOG.log(System.Logger.Level.ERROR, "a request was not answered, audit id " + auditId, bug);
    return internalError("this is a bug, audit id " + auditId);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private Response finish(Response response) {
    free();
    status = response.status();
    Response finished = response.with("Audit-Id", auditId);
    String warning = BearerTokenAuthenticator.warning(new Shown(request, ""));
    return warning.isEmpty() ? finished : WarningHeaders.add(finished, List.of(warning));
  }

  @Override
  public @Nullable CompletionStage<?> waitsFor() {
    return waitsFor;
  }

  @Override
  public void again() {
    waitsFor = null;
    begin();
  }

  @Override
  public @Nullable Response early() {
    return early;
  }

  @Override
  public int bodyLimit() {
    return BODY_LIMIT;
  }

  @Override
  public @Nullable Response answer(byte[] body) {
    waitsFor = null;
    Endpoint answering = endpoint;
    RequestInfo about = info;
    Identity acting = user;
    if (answering == null || about == null || acting == null) {
      throw new IllegalStateException("asked for an answer that was given early");
    }
    try {
      boolean mayWait = waited < MOST_WAITS;
      return finish(
          answering.answer(new Call(request, about, acting, body, this::isStillAllowed, mayWait)));
    } catch (NotYetException notYet) {
      waited++;
      waitsFor = notYet.ready();
      return null;
    } catch (RuntimeException bug) {
      return finish(bug(bug));
    }
  }

  private boolean isStillAllowed() {
    RequestInfo about = info;
    if (about == null
        || !(pipeline.authenticator().authenticate(new Shown(request, about.path()))
            instanceof Authentication.Authenticated known)) {
      return false;
    }
    return known.identity().equals(client)
        && pipeline
                .impersonation()
                .impersonate(request, about, known.identity(), pipeline.authorizer())
            instanceof Impersonation.Outcome.Acting acting
        && acting.identity().equals(user)
        && pipeline.authorizer().authorize(about.askedBy(acting.identity())).isAllowed();
  }

  @Override
  public Response tooLarge() {
    return finish(Call.answer(request, 413, StatusObject.tooLarge(BODY_LIMIT)));
  }

  // Once the answer is there: whoever does not take it must not keep others out.
  private void free() {
    if (place != null) {
      place.free();
      place = null;
    }
  }

  @Override
  public void streaming() {
    tell(Completed.Stage.RESPONSE_STARTED);
  }

  @Override
  public void finished() {
    free();
    tell(
        client == null && status == 401
            ? Completed.Stage.RESPONSE_STARTED
            : Completed.Stage.RESPONSE_COMPLETE);
  }

  private void tell(Completed.Stage stage) {
    List<Observer> observers = pipeline.observers();
    if (observers.isEmpty()) {
      return;
    }
    Completed completed =
        new Completed(
            stage,
            auditId,
            request,
            info,
            client,
            user,
            constraint,
            verdict,
            status,
            problem,
            received,
            pipeline.clock().instant());
    for (Observer observer : observers) {
      observer.observe(completed);
    }
  }
}
