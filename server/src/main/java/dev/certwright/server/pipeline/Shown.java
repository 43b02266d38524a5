package dev.certwright.server.pipeline;

import dev.certwright.authentication.ClientRequest;
import dev.certwright.server.http.Request;
import java.util.Collection;
import java.util.List;

/**
 * A request as authenticators see it.
 *
 * @param request what was sent
 * @param path as it is authorized
 */
record Shown(Request request, String path) implements ClientRequest {

  @Override
  public List<byte[]> clientCertificates() {
    return request.clientCertificates();
  }

  @Override
  public List<String> headerValues(String name) {
    return request.headerTexts(name);
  }

  @Override
  public Collection<String> headerNames() {
    return request.headerNames();
  }
}
