package dev.certwright.conformance.differential;

import dev.certwright.oidc.configuration.AnonymousConfiguration;
import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ClaimMapping;
import dev.certwright.oidc.configuration.ClaimValidationRule;
import dev.certwright.oidc.configuration.ExtraMapping;
import dev.certwright.oidc.configuration.Issuer;
import dev.certwright.oidc.configuration.JwtConfiguration;
import dev.certwright.oidc.configuration.UserValidationRule;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was read from an AuthenticationConfiguration, ours and upstream's in one form: path and
 * value of whatever is not empty. An empty prefix is not the same as none.
 */
final class EffectiveConfiguration {
  private final Map<String, String> values = new TreeMap<>();

  private EffectiveConfiguration() {}

  static String of(YamlMapping upstream) {
    EffectiveConfiguration all = new EffectiveConfiguration();
    all.add("", upstream);
    return all.values.toString();
  }

  private void add(String path, YamlValue value) {
    if (value instanceof YamlMapping mapping) {
      mapping.entries().forEach(entry -> add(path + "." + entry.key(), entry.value()));
    } else if (value instanceof YamlSequence sequence) {
      for (int i = 0; i < sequence.values().size(); i++) {
        values.put(path + "[" + i + "]", "");
        add(path + "[" + i + "]", sequence.values().get(i));
      }
    } else if (value instanceof YamlString string) {
      add(path, string.value());
    } else if (value instanceof YamlBoolean flag) {
      add(path, String.valueOf(flag.value()));
    } else if (!(value instanceof YamlNull)) {
      add(path, JsonWriter.compact(value));
    }
  }

  private void add(String path, @Nullable String value) {
    if (value != null && (!value.isEmpty() || path.endsWith(".prefix"))) {
      values.put(path, value);
    }
  }

  static String of(AuthenticationConfiguration ours) {
    EffectiveConfiguration all = new EffectiveConfiguration();
    all.list(".jwt", ours.jwt(), jwt -> path -> all.jwt(path, jwt));
    AnonymousConfiguration anonymous = ours.anonymous();
    if (anonymous != null) {
      all.add(".anonymous.enabled", String.valueOf(anonymous.enabled()));
      all.list(
          ".anonymous.conditions",
          anonymous.paths(),
          condition -> path -> all.add(path + ".path", condition));
    }
    return all.values.toString();
  }

  private interface Part {
    void at(String path);
  }

  private <T> void list(String path, List<T> items, Function<T, Part> of) {
    for (int i = 0; i < items.size(); i++) {
      String item = path + "[" + i + "]";
      values.put(item, "");
      of.apply(items.get(i)).at(item);
    }
  }

  private void jwt(String path, JwtConfiguration jwt) {
    Issuer issuer = jwt.issuer();
    add(path + ".issuer.url", issuer.url());
    add(path + ".issuer.discoveryURL", issuer.discoveryUrl());
    add(path + ".issuer.certificateAuthority", issuer.certificateAuthority());
    list(path + ".issuer.audiences", issuer.audiences(), audience -> at -> add(at, audience));
    add(path + ".issuer.audienceMatchPolicy", issuer.audienceMatchPolicy());
    add(path + ".issuer.egressSelectorType", issuer.egressSelectorType());
    list(path + ".claimValidationRules", jwt.claimValidationRules(), rule -> at -> rule(at, rule));
    mapping(path + ".claimMappings.username", jwt.claimMappings().username());
    mapping(path + ".claimMappings.groups", jwt.claimMappings().groups());
    mapping(path + ".claimMappings.uid", jwt.claimMappings().uid());
    list(
        path + ".claimMappings.extra",
        jwt.claimMappings().extra(),
        extra -> at -> extra(at, extra));
    list(path + ".userValidationRules", jwt.userValidationRules(), rule -> at -> rule(at, rule));
  }

  private void rule(String path, ClaimValidationRule rule) {
    add(path + ".claim", rule.claim());
    add(path + ".requiredValue", rule.requiredValue());
    add(path + ".expression", rule.expression());
    add(path + ".message", rule.message());
  }

  private void rule(String path, UserValidationRule rule) {
    add(path + ".expression", rule.expression());
    add(path + ".message", rule.message());
  }

  private void extra(String path, ExtraMapping extra) {
    add(path + ".key", extra.key());
    add(path + ".valueExpression", extra.valueExpression());
  }

  private void mapping(String path, ClaimMapping mapping) {
    add(path + ".claim", mapping.claim());
    add(path + ".prefix", mapping.prefix());
    add(path + ".expression", mapping.expression());
  }
}
