package dev.certwright.server.pipeline;

import dev.certwright.authentication.Authenticator;
import dev.certwright.server.http.Exchange;
import dev.certwright.server.http.Request;
import dev.certwright.server.http.RequestHandler;
import dev.certwright.server.http.Response;
import java.time.InstantSource;
import java.util.List;

/**
 * All requests, in kube-apiserver's order (rule F-01).
 *
 * @param authenticator who sends it
 * @param impersonation who acts
 * @param authorizer may they
 * @param limits how many at once
 * @param routes what the roles answer; the first that knows a request does
 * @param observers who is told
 * @param clock what time it is
 */
public record Pipeline(
    Authenticator authenticator,
    Impersonation impersonation,
    Authorizer authorizer,
    RequestLimits limits,
    List<Routes> routes,
    List<Observer> observers,
    InstantSource clock)
    implements RequestHandler {

  /** Copies the lists. */
  public Pipeline {
    routes = List.copyOf(routes);
    observers = List.copyOf(observers);
  }

  @Override
  public Exchange begin(Request request) {
    PipelineExchange exchange = new PipelineExchange(this, request);
    exchange.begin();
    return exchange;
  }

  @Override
  public Response malformed(int status, String text) {
    return Response.text(status, text);
  }
}
