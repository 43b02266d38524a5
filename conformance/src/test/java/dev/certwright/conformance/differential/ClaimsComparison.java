package dev.certwright.conformance.differential;

import dev.certwright.authentication.Authentication;
import dev.certwright.identity.Identity;
import dev.certwright.oidc.IssuerTokens;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ConfigurationException;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.configuration.OidcFlags;
import dev.certwright.oidc.provider.KeyList;
import dev.certwright.oidc.provider.KeySource;
import dev.certwright.oidc.provider.ProviderAccess;
import dev.certwright.oidc.provider.ProviderException;
import dev.certwright.oidc.provider.SignatureAnswer;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ours beside upstream's, for one question of the mode {@code claims}. Users are compared whole,
 * refusals by their texts but for what only one of the two engines says: where an expression is
 * wrong, and why it has no value.
 */
final class ClaimsComparison {
  private static final String DEFAULT_HEADER = "{\"alg\":\"RS256\"}";

  private static final Pattern LOOP_WITHOUT_ORDER =
      Pattern.compile("transformMap|claims\\.(map|filter|transformList)\\(");

  private final YamlMapping question;
  private final YamlMapping answer;
  private final List<Difference> differences = new ArrayList<>();

  ClaimsComparison(YamlMapping question, YamlMapping answer) {
    this.question = question;
    this.answer = answer;
  }

  List<Difference> differences() {
    String refusal = Choices.text(answer, "refusal");
    IssuerTokens tokens;
    try {
      tokens = tokens();
    } catch (ConfigurationException wrong) {
      String ours = shortened(String.valueOf(wrong.getMessage()));
      if (!refusal.startsWith("invalid authentication configuration") && !refusal.isEmpty()) {
        return differences;
      }
      if (!ours.equals(shortened(refusal))) {
        add(refusal.isEmpty() ? "configuration-refused" : "configuration-text", ours, refusal);
      }
      return differences;
    }
    if (!refusal.isEmpty()) {
      add("configuration-accepted", "accepted", refusal);
      return differences;
    }
    List<YamlValue> asked = sequence(question, "tokens");
    List<YamlValue> answered = sequence(answer, "tokens");
    for (int i = 0; i < asked.size(); i++) {
      compare(tokens.authenticate(text((YamlMapping) asked.get(i))), (YamlMapping) answered.get(i));
    }
    return differences;
  }

  private void add(String kind, String ours, String theirs) {
    differences.add(new Difference(kind, "ours:     " + ours + "\nupstream: " + theirs));
  }

  private static List<YamlValue> sequence(YamlMapping from, String key) {
    return from.get(key) instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  private IssuerTokens tokens() {
    String config = Choices.text(question, "config");
    AuthenticationConfiguration configuration;
    List<String> algorithms;
    if (config.isEmpty()) {
      OidcFlags flags = flags(Choices.texts(question, "flags"));
      configuration = flags == null ? AuthenticationConfiguration.EMPTY : flags.configuration();
      algorithms = flags == null ? List.of("RS256") : flags.signingAlgorithms();
    } else {
      configuration = ConfigurationReader.read("config", config.getBytes(StandardCharsets.UTF_8));
      algorithms = TokenChecks.ALL_ALGORITHMS;
    }
    return IssuerTokens.of(
        configuration,
        algorithms,
        InstantSource.system(),
        jwt ->
            ProviderAccess.knowing(
                Believing.INSTANCE, new PortableSignatureVerifier(), System::nanoTime));
  }

  private static @Nullable OidcFlags flags(List<String> arguments) {
    if (arguments.isEmpty()) {
      return null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> required = new TreeMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.substring("--oidc-".length(), equals);
      String value = argument.substring(equals + 1);
      if (name.equals("required-claim")) {
        int pair = value.indexOf('=');
        if (pair < 0) {
          throw new ConfigurationException("malformed pair, expect string=string");
        }
        required.put(value.substring(0, pair), value.substring(pair + 1));
      } else {
        values.put(name, value);
      }
    }
    return new OidcFlags(
        values.getOrDefault("issuer-url", ""),
        values.getOrDefault("client-id", ""),
        "",
        values.getOrDefault("username-claim", OidcFlags.DEFAULT_USERNAME_CLAIM),
        values.getOrDefault("username-prefix", ""),
        values.getOrDefault("groups-claim", ""),
        values.getOrDefault("groups-prefix", ""),
        OidcFlags.DEFAULT_ALGORITHMS,
        required);
  }

  private static String text(YamlMapping token) {
    if (!(token.get("claims") instanceof YamlMapping claims)) {
      return Choices.text(token, "token");
    }
    String header =
        token.get("header") instanceof YamlMapping given
            ? JsonWriter.compact(given)
            : DEFAULT_HEADER;
    return part(header) + "." + part(JsonWriter.compact(claims)) + "." + part("signature");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void compare(Authentication ours, YamlMapping theirs) {
    String error = Choices.text(theirs, "error");
    if (ours instanceof Authentication.Authenticated known) {
      if (!(theirs.get("user") instanceof YamlMapping user)) {
        add("user-laxer", describe(known.identity(), true), error.isEmpty() ? "no opinion" : error);
      } else {
        compare(known.identity(), user);
      }
    } else if (ours instanceof Authentication.Failed failed) {
      if (error.isEmpty()) {
        add("user-stricter", failed.reason(), JsonWriter.compact(theirs));
      } else if (!shortened(failed.reason()).equals(shortened(error))) {
        add("error-text", failed.reason(), error);
      }
    } else if (!error.isEmpty() || theirs.get("user") != null) {
      add("no-opinion", "no opinion", JsonWriter.compact(theirs));
    }
  }

  // Maps have no order upstream: loops over one that an expression makes, and over all claims, give
  // the same in another order each time.
  private void compare(Identity ours, YamlMapping theirs) {
    boolean ordered = !LOOP_WITHOUT_ORDER.matcher(Choices.text(question, "config")).find();
    String one = describe(ours, ordered);
    String other = describe(theirs, ordered);
    if (!one.equals(other)) {
      add("user", one, other);
    }
  }

  private static List<String> inOrder(List<String> groups, boolean already) {
    return already ? groups : groups.stream().sorted().toList();
  }

  private static String describe(Identity user, boolean ordered) {
    return user.name()
        + " "
        + user.uid()
        + " "
        + inOrder(user.groups(), ordered)
        + " "
        + new TreeMap<>(user.extra());
  }

  private static String describe(YamlMapping user, boolean ordered) {
    Map<String, List<String>> extra = new TreeMap<>();
    YamlMapping given = Choices.mapping(user, "extra");
    given.entries().forEach(entry -> extra.put(entry.key(), Choices.texts(given, entry.key())));
    return Choices.text(user, "name")
        + " "
        + Choices.text(user, "uid")
        + " "
        + inOrder(Choices.texts(user, "groups"), ordered)
        + " "
        + extra;
  }

  /** Without what the engines say in their own words, and without the clock. */
  static String shortened(String text) {
    return text.replaceAll("(?s)(compilation failed: ).*?(, jwt\\[|\\]?$)", "$1$2")
        .replaceAll("(?s)(program instantiation failed: ).*?(, jwt\\[|\\]?$)", "$1$2")
        .replaceAll("(?s)(failed to unmarshal claims: ).*", "$1")
        .replaceAll("(?s)(<omitted>\": )(?!data ).*?(, jwt\\[|\\]?$)", "$1$2")
        .replaceAll("(?s)(resulted in error: ).*", "$1")
        .replaceAll("current time .* before the nbf", "current time before the nbf")
        .replaceAll("(?s)^(oidc: verify token: oidc: malformed jwt).*", "$1");
  }

  /** Keys that believe every signature, as the oracle's do. */
  private static final class Believing implements KeySource {
    static final Believing INSTANCE = new Believing();

    private final KeyList none = empty();

    private static KeyList empty() {
      try {
        return KeyList.read(
            "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8), new PortableSignatureVerifier());
      } catch (ProviderException impossible) {
        throw new AssertionError(impossible);
      }
    }

    @Override
    public SignatureAnswer check(SignedToken token) {
      return new SignatureAnswer.Good(none);
    }

    @Override
    public @Nullable KeyList current() {
      return none;
    }
  }
}
