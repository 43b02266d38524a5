package dev.certwright.authentication.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.csv.UserRows;
import dev.certwright.authentication.impersonation.ConstrainedImpersonation;
import dev.certwright.authentication.impersonation.ImpersonationHeaders;
import dev.certwright.authentication.password.BasicCredentials;
import dev.certwright.authentication.testing.HeaderRequest;
import dev.certwright.identity.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Any bytes for files and headers give an answer or the one exception, and no secret in it. */
final class CredentialFuzzTest {

  @FuzzTest(maxDuration = "10s")
  void file(byte[] bytes) {
    List<String> secrets = new ArrayList<>();
    try {
      UserRows.read("token", "f", bytes, row -> secrets.add(row.secret()));
    } catch (CredentialFileException refused) {
      assertThat(refused.getMessage())
          .matches(
              "(record on line \\d+; )?parse error on line \\d+, column \\d+: (bare|extraneous or"
                  + " missing) \" in (non-)?quoted-field"
                  + "|token file 'f' must have at least 3 columns \\(token, user name, user uid\\),"
                  + " found [12]");
      return;
    }
    StaticTokens tokens = StaticTokens.read("f", bytes);
    for (String secret : secrets) {
      assertThat(tokens.authenticate(secret) instanceof Authentication.Authenticated)
          .isEqualTo(!secret.isEmpty());
    }
  }

  @FuzzTest(maxDuration = "10s")
  void headers(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    StaticTokens none = StaticTokens.read("f", new byte[0]);
    HeaderRequest request =
        HeaderRequest.of(
            "Authorization",
            text,
            "Connection",
            "upgrade",
            "Upgrade",
            "websocket",
            "Sec-WebSocket-Protocol",
            text,
            "Impersonate-Extra-" + text,
            text);
    assertThat(new BearerTokenAuthenticator(none).authenticate(request))
        .isNotInstanceOf(Authentication.Authenticated.class);
    assertThat(new WebSocketTokenAuthenticator(none).authenticate(request))
        .isNotInstanceOf(Authentication.Authenticated.class);
    BasicCredentials basic = BasicCredentials.of(text);
    if (basic != null) {
      assertThat(text.toLowerCase(Locale.ROOT)).startsWith("basic ");
    }
    Identity wanted = ImpersonationHeaders.wanted(request);
    assertThat(wanted).isNotNull();
    if (wanted != null) {
      assertThat(new ConstrainedImpersonation().withoutUser(wanted)).startsWith("requested &user");
    }
  }
}
