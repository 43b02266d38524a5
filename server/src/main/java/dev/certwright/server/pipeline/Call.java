package dev.certwright.server.pipeline;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.request.QueryParameters;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;
import dev.certwright.server.http.Response;
import dev.certwright.server.wire.Accepted;
import dev.certwright.server.wire.MediaType;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlString;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request that was let through, as an endpoint sees it. */
public final class Call {
  private final Request request;
  private final RequestInfo info;
  private final Identity user;
  private final byte[] body;
  private final QueryParameters query;
  private final BooleanSupplier stillAllowed;
  private final boolean mayWait;

  Call(
      Request request,
      RequestInfo info,
      Identity user,
      byte[] body,
      BooleanSupplier stillAllowed,
      boolean mayWait) {
    this.stillAllowed = stillAllowed;
    this.mayWait = mayWait;
    this.request = request;
    this.info = info;
    this.user = user;
    this.body = body;
    this.query = QueryParameters.ofTarget(request.target());
  }

  /** Whether {@link NotYetException} may be thrown; it was often enough if not. */
  public boolean mayWait() {
    return mayWait;
  }

  /** What was sent. */
  public Request request() {
    return request;
  }

  /** What it is about. */
  public RequestInfo info() {
    return info;
  }

  /** Who acts. */
  public Identity user() {
    return user;
  }

  /** All of the body; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The query. */
  public QueryParameters query() {
    return query;
  }

  /** What the client wants to get, best first. */
  public List<Accepted> accepted() {
    return Accepted.of(request.header("Accept"));
  }

  /** The refusal of a client that takes no object of the usual forms; null if it takes one. */
  public @Nullable Response unacceptable() {
    String header = request.header("Accept");
    if (!Accepted.isRouted(header, MediaType.values())) {
      return answer(406, StatusObject.notAcceptable());
    }
    for (Accepted wanted : Accepted.of(header)) {
      if (wanted.isWhole() || wanted.isMetadata()) {
        return null;
      }
    }
    return answer(406, StatusObject.notNegotiable());
  }

  /**
   * Whether the same request would be let through now: asked again and again while an answer goes
   * on for long, so that it ends when a certificate, a CA or a binding does. Any thread may ask.
   */
  public boolean isStillAllowed() {
    return stillAllowed.getAsBoolean();
  }

  /** An answer that is this object, in a form that was chosen already. */
  public Response answer(int status, YamlMapping object, MediaType type) {
    return Response.of(status, type.text(), ObjectCodec.write(object, type, isForPeople(request)))
        .with("Cache-Control", "no-cache, private");
  }

  /** An object that was made, or of it what the client wants. */
  public Response created(YamlMapping object) {
    for (Accepted wanted : accepted()) {
      if (wanted.isWhole()) {
        break;
      }
      if (wanted.isMetadata()) {
        YamlMapping metadata =
            object.get("metadata") instanceof YamlMapping found ? found : YamlMapping.EMPTY;
        return answer(
            201,
            YamlMapping.builder()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion", "meta.k8s.io/" + wanted.version())
                .put("metadata", metadata)
                .build(),
            wanted.type());
      }
    }
    return answer(201, object);
  }

  /** An answer that is this object, in a form that the client takes; else 406. */
  public Response answer(int status, YamlMapping object) {
    return answer(request, status, object);
  }

  /** The same to a request that did not get so far. */
  static Response answer(Request request, int status, YamlMapping object) {
    String kind = object.get("kind") instanceof YamlString text ? text.value() : "";
    MediaType type = ObjectCodec.choose(Accepted.of(request.header("Accept")), kind);
    boolean pretty = isForPeople(request);
    if (type == null) {
      if (status < 400) {
        return answer(
            request, 406, StatusObject.notNegotiable("application/json, application/yaml"));
      }
      // As upstream writes what it cannot negotiate.
      type = MediaType.JSON;
      pretty = true;
    }
    return Response.of(status, type.text(), ObjectCodec.write(object, type, pretty))
        .with("Cache-Control", "no-cache, private");
  }

  // As upstream guesses where the query does not say.
  private static boolean isForPeople(Request request) {
    String pretty = QueryParameters.ofTarget(request.target()).text("pretty");
    if (pretty != null) {
      return !pretty.equals("0") && !pretty.equalsIgnoreCase("false");
    }
    String agent = request.header("User-Agent");
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }
}
