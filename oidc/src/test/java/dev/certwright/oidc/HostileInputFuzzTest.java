package dev.certwright.oidc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.oidc.configuration.ConfigurationException;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.configuration.ConfigurationValidation;
import dev.certwright.oidc.provider.KeyList;
import dev.certwright.oidc.provider.ProviderException;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Any bytes are a configuration, a token or keys, or are refused in the way that is meant. */
class HostileInputFuzzTest {

  @FuzzTest(maxDuration = "10s")
  void any_bytes_as_configuration(byte[] bytes) {
    byte[] head =
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n"
            .getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, whole, head.length, bytes.length);
    for (byte[] text : new byte[][] {bytes, whole}) {
      try {
        ConfigurationValidation.validate(ConfigurationReader.read("config", text));
      } catch (ConfigurationException meant) {
        // Refused.
      }
    }
  }

  @FuzzTest(maxDuration = "10s")
  void any_bytes_as_token(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    for (String token :
        new String[] {text, encoded + "." + encoded + "." + encoded, "e30." + encoded + ".eA"}) {
      String unused = SignedToken.claimedIssuer(token);
      try {
        SignedToken.parse(token);
      } catch (TokenException meant) {
        // Refused.
      }
    }
  }

  @FuzzTest(maxDuration = "10s")
  void any_bytes_as_keys(byte[] bytes) {
    byte[] list =
        ("{\"keys\":[" + new String(bytes, StandardCharsets.UTF_8) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    for (byte[] text : new byte[][] {bytes, list}) {
      try {
        KeyList.read(text, new PortableSignatureVerifier());
      } catch (ProviderException meant) {
        // Refused.
      }
    }
  }
}
