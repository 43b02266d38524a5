package dev.certwright.server.pipeline;

import dev.certwright.rbac.request.RequestInfo;
import org.jspecify.annotations.Nullable;

/**
 * What one role answers. It sees the same RequestInfo that was authorized and goes by nothing else,
 * so that no path means one thing to the authorizer and another to the endpoint.
 */
public interface Routes {

  /**
   * Who answers.
   *
   * @param method of the request, case-sensitive
   * @return null if this role does not know what it is about
   */
  @Nullable Endpoint find(String method, RequestInfo info);
}
