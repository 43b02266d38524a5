package dev.certwright.oidc.claims;

import dev.certwright.oidc.token.FieldNames;
import dev.certwright.oidc.token.GoJson;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims that RFC 7519 registers, as upstream reads them: a field is found whatever its case,
 * and the last one counts. Times are seconds since 1970.
 */
final class RegisteredClaims {
  /** Of a token without {@code exp}: the first second of the first year. */
  static final long NEVER = -62_135_596_800L;

  private static final String STRUCT = "idToken";

  String issuer = "";
  List<String> audience = List.of();
  long expiry = NEVER;
  @Nullable Long notBefore;
  Map<String, String> claimNames = Map.of();
  Map<String, ClaimEndpoint> claimSources = Map.of();

  private @Nullable String problem;

  private RegisteredClaims() {}

  /**
   * Reads them.
   *
   * @throws TokenException if one is of another type
   */
  static RegisteredClaims of(YamlMapping claims) throws TokenException {
    RegisteredClaims read = new RegisteredClaims();
    for (YamlMapping.Entry entry : claims.entries()) {
      read.read(entry.key(), entry.value());
    }
    if (read.problem != null) {
      throw new TokenException("oidc: failed to unmarshal claims: " + read.problem);
    }
    return read;
  }

  private void read(String key, YamlValue value) {
    if (FieldNames.isNamed(key, "iss")) {
      issuer = text("iss", value, issuer);
    } else if (FieldNames.isNamed(key, "aud")) {
      List<String> read = value instanceof YamlNull ? List.of("") : single(value);
      audience = read == null ? audience : read;
    } else if (FieldNames.isNamed(key, "exp")) {
      Long read = seconds("exp", value);
      expiry = read == null ? expiry : read;
    } else if (FieldNames.isNamed(key, "iat")) {
      Long unused = seconds("iat", value);
    } else if (FieldNames.isNamed(key, "nbf")) {
      notBefore = value instanceof YamlNull ? null : seconds("nbf", value);
    } else if (FieldNames.isNamed(key, "sub")
        || FieldNames.isNamed(key, "nonce")
        || FieldNames.isNamed(key, "at_hash")) {
      String unused = text(key, value, "");
    } else if (FieldNames.isNamed(key, "_claim_names")) {
      claimNames = names(value);
    } else if (FieldNames.isNamed(key, "_claim_sources")) {
      claimSources = sources(value);
    }
  }

  // The first problem is told, and nothing of the token is used.
  private void problem(String what) {
    problem = problem == null ? what : problem;
  }

  private void mismatch(YamlValue value, String field, String type) {
    problem(
        "json: cannot unmarshal "
            + GoJson.kind(value)
            + " into Go struct field "
            + STRUCT
            + "."
            + field
            + " of type "
            + type);
  }

  private String text(String field, YamlValue value, String before) {
    if (value instanceof YamlString string) {
      return string.value();
    } else if (!(value instanceof YamlNull)) {
      mismatch(value, field, "string");
    }
    return before;
  }

  private @Nullable List<String> single(YamlValue value) {
    if (value instanceof YamlString string) {
      return List.of(string.value());
    }
    List<String> strings = GoJson.strings(value);
    if (strings == null) {
      YamlValue wrong = value;
      if (value instanceof YamlSequence sequence) {
        for (YamlValue item : sequence.values()) {
          if (!(item instanceof YamlString) && !(item instanceof YamlNull)) {
            wrong = item;
            break;
          }
        }
        mismatch(wrong, "aud", "string");
      } else {
        mismatch(value, "aud", "[]string");
      }
    }
    return strings;
  }

  private @Nullable Long seconds(String field, YamlValue value) {
    String number = null;
    if (value instanceof YamlNumber written) {
      number = written.written();
    } else if (value instanceof YamlString string && isNumber(string.value())) {
      number = string.value();
    }
    if (number == null) {
      if (value instanceof YamlString) {
        problem("json: invalid number literal, trying to unmarshal into Number");
      } else if (value instanceof YamlNull) {
        problem("strconv.ParseFloat: parsing \"\": invalid syntax");
      } else {
        mismatch(value, field, "json.Number");
      }
      return null;
    }
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException fraction) {
      double seconds = Double.parseDouble(number);
      // Out of range is never; upstream's answer depends on the processor.
      return seconds >= -0x1p63 && seconds < 0x1p63 ? (long) seconds : Long.MIN_VALUE;
    }
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int digits = digits(text, at);
    if (digits == at || text.charAt(at) == '0' && digits > at + 1) {
      return false;
    }
    at = digits;
    if (at < text.length() && text.charAt(at) == '.') {
      digits = digits(text, at + 1);
      if (digits == at + 1) {
        return false;
      }
      at = digits;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      digits = digits(text, at);
      if (digits == at) {
        return false;
      }
      at = digits;
    }
    return at == text.length() && at > 0;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private Map<String, String> names(YamlValue value) {
    Map<String, String> names = new LinkedHashMap<>();
    if (value instanceof YamlMapping mapping) {
      for (YamlMapping.Entry entry : mapping.entries()) {
        names.put(entry.key(), text("_claim_names", entry.value(), ""));
      }
    } else if (!(value instanceof YamlNull)) {
      mismatch(value, "_claim_names", "map[string]string");
    }
    return names;
  }

  private Map<String, ClaimEndpoint> sources(YamlValue value) {
    Map<String, ClaimEndpoint> sources = new LinkedHashMap<>();
    if (value instanceof YamlMapping mapping) {
      for (YamlMapping.Entry entry : mapping.entries()) {
        String url = "";
        String accessToken = "";
        if (entry.value() instanceof YamlMapping fields) {
          for (YamlMapping.Entry field : fields.entries()) {
            if (FieldNames.isNamed(field.key(), "endpoint")) {
              url = text("_claim_sources.endpoint", field.value(), url);
            } else if (FieldNames.isNamed(field.key(), "access_token")) {
              accessToken = text("_claim_sources.access_token", field.value(), accessToken);
            }
          }
        } else if (!(entry.value() instanceof YamlNull)) {
          mismatch(entry.value(), "_claim_sources", "oidc.claimSource");
        }
        sources.put(entry.key(), new ClaimEndpoint(url, accessToken));
      }
    } else if (!(value instanceof YamlNull)) {
      mismatch(value, "_claim_sources", "map[string]oidc.claimSource");
    }
    return sources;
  }
}
