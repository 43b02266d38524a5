package dev.certwright.authentication.token;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.Authenticator;
import dev.certwright.authentication.ClientRequest;
import dev.certwright.authentication.GoBase64;
import dev.certwright.authentication.GoSpaces;
import dev.certwright.rbac.GoText;
import java.util.Locale;

/**
 * A bearer token among the sub-protocols of a WebSocket request, which is where browsers can put
 * one (rules W-01 to W-04).
 */
public final class WebSocketTokenAuthenticator implements Authenticator {
  private static final String PREFIX = "base64url.bearer.authorization.k8s.io.";

  private final TokenAuthenticator tokens;

  /** Tokens of these kinds. */
  public WebSocketTokenAuthenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    if (!isWebSocket(request)) {
      return new Authentication.NoOpinion();
    }
    String token = "";
    boolean seen = false;
    boolean others = false;
    for (String value : request.headerValues("Sec-WebSocket-Protocol")) {
      for (String part : value.split(",", -1)) {
        String protocol = GoSpaces.trim(part);
        if (!protocol.startsWith(PREFIX)) {
          others = true;
          continue;
        }
        if (seen) {
          return new Authentication.Failed("multiple base64.bearer.authorization tokens specified");
        }
        seen = true;
        byte[] decoded = GoBase64.rawUrl(protocol.substring(PREFIX.length()));
        if (decoded == null) {
          return new Authentication.Failed("invalid base64.bearer.authorization token encoding");
        }
        token = GoText.ofUtf8(decoded, 0, decoded.length);
        if (!isText(token)) {
          return new Authentication.Failed("invalid base64.bearer.authorization token");
        }
      }
    }
    if (token.isEmpty()) {
      return new Authentication.NoOpinion();
    }
    // The server has to choose another one, so that the token is not sent back.
    return others
        ? BearerTokenAuthenticator.known(tokens.authenticate(token))
        : new Authentication.Failed("missing additional subprotocol");
  }

  private static boolean isText(String text) {
    return text.codePoints().noneMatch(GoText::isStrayByte);
  }

  private static boolean isWebSocket(ClientRequest request) {
    if (!folded(request.header("Upgrade")).equals("websocket")) {
      return false;
    }
    for (String value : request.headerValues("Connection")) {
      if (value.toLowerCase(Locale.ROOT).contains("upgrade")) {
        return true;
      }
    }
    return false;
  }

  // Go compares under Unicode's simple folding, where two letters beyond ASCII are s and k.
  private static String folded(String text) {
    return text.replace('\u017F', 's').replace('\u212A', 'k').toLowerCase(Locale.ROOT);
  }
}
