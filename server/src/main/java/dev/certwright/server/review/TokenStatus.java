package dev.certwright.server.review;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.Authenticator;
import dev.certwright.authentication.ClientRequest;
import dev.certwright.server.pipeline.NotYetException;
import dev.certwright.server.wire.UserInfo;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whose a token is, found as for a request that carries nothing else (rules TR-02 to TR-05).
 *
 * @param authenticators as of the server itself, without anonymous access
 * @param audiences whom tokens are meant for when they do not say; empty if that is not looked at
 * @param passwords whether a token may also be what a Basic header would have: a kube-apiserver
 *     passes on bearer tokens alone
 */
record TokenStatus(Authenticator authenticators, List<String> audiences, boolean passwords) {
  private static final String AUTHORIZATION = "Authorization";

  /** A request with a token and nothing else. */
  private record TokenAlone(String scheme, String token) implements ClientRequest {
    @Override
    public List<byte[]> clientCertificates() {
      return List.of();
    }

    @Override
    public List<String> headerValues(String name) {
      return name.equalsIgnoreCase(AUTHORIZATION) ? List.of(scheme + " " + token) : List.of();
    }

    @Override
    public Collection<String> headerNames() {
      return List.of(AUTHORIZATION);
    }

    @Override
    public String path() {
      return "";
    }

    @Override
    public String toString() {
      return "TokenAlone";
    }
  }

  /**
   * The {@code status} of a TokenReview.
   *
   * @param wanted audiences that the asker wants one of; empty for ours
   * @throws NotYetException if keys have to be fetched first, and may be waited for
   */
  YamlMapping of(String token, List<String> wanted, boolean mayWait) {
    List<String> common = new ArrayList<>();
    for (String audience : wanted.isEmpty() ? audiences : wanted) {
      if (audiences.contains(audience)) {
        common.add(audience);
      }
    }
    // None of our tokens names an audience of a server: where there is none in common, nobody is
    // asked, and a token that nobody knows is what upstream says of it.
    if (common.isEmpty() && !audiences.isEmpty()) {
      return unknown("invalid bearer token");
    }
    Authentication answer = authenticators.authenticate(new TokenAlone("Bearer", token));
    if (passwords && !(answer instanceof Authentication.Authenticated)) {
      Authentication asPassword = authenticators.authenticate(new TokenAlone("Basic", token));
      answer = asPassword instanceof Authentication.Authenticated ? asPassword : answer;
    }
    if (answer instanceof Authentication.Later later) {
      if (mayWait) {
        throw new NotYetException(later.ready());
      }
      return unknown("what authentication waits for did not come in time");
    }
    if (!(answer instanceof Authentication.Authenticated known)) {
      return unknown(answer instanceof Authentication.Failed failed ? failed.reason() : "");
    }
    YamlMapping.Builder status =
        YamlMapping.builder().put("authenticated", true).put("user", UserInfo.of(known.identity()));
    if (!common.isEmpty()) {
      status.put("audiences", YamlSequence.ofStrings(common));
    }
    return status.build();
  }

  private static YamlMapping unknown(String reason) {
    YamlMapping.Builder status = YamlMapping.builder().put("user", YamlMapping.EMPTY);
    if (!reason.isEmpty()) {
      status.put("error", reason);
    }
    return status.build();
  }
}
