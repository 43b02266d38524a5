package dev.certwright.oidc.configuration;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an {@code AuthenticationConfiguration}: unknown and repeated fields are errors. */
public final class ConfigurationReader {
  /** More than any configuration has; a ConfigMap holds a megabyte. */
  public static final int LIMIT = 4 << 20;

  private static final String GROUP = "apiserver.config.k8s.io/";
  private static final Set<String> VERSIONS = Set.of("v1", "v1beta1", "v1alpha1");
  private static final String KIND = "AuthenticationConfiguration";

  private final String source;

  private ConfigurationReader(String source) {
    this.source = source;
  }

  /**
   * Reads one.
   *
   * @param source how messages call the text
   * @throws ConfigurationException with line and column, if kube-apiserver would not load it
   */
  public static AuthenticationConfiguration read(String source, byte[] text) {
    if (text.length == 0) {
      throw new ConfigurationException(source + ": empty config data");
    }
    try {
      YamlLimits limits = YamlLimits.DEFAULT.withMaxBytes(LIMIT);
      return new ConfigurationReader(source)
          .configuration(YamlReader.strict().withLimits(limits).read(source, text));
    } catch (YamlException unreadable) {
      throw new ConfigurationException(String.valueOf(unreadable.getMessage()));
    }
  }

  private AuthenticationConfiguration configuration(YamlValue value) {
    if (!(value instanceof YamlMapping top)) {
      throw problem(value, "expected an " + KIND + ", found a " + value.kind());
    }
    String version = text(top, "apiVersion");
    String kind = text(top, "kind");
    if (!version.startsWith(GROUP)
        || !VERSIONS.contains(version.substring(GROUP.length()))
        || !kind.equals(KIND)) {
      throw problem(
          top,
          "expected kind "
              + KIND
              + " of "
              + GROUP
              + "v1, v1beta1 or v1alpha1, found kind \""
              + kind
              + "\" of \""
              + version
              + "\"");
    }
    known(top, "apiVersion", "kind", "jwt", "anonymous");
    YamlMapping anonymous = mapping(top, "anonymous");
    return new AuthenticationConfiguration(
        list(top, "jwt", this::jwt), anonymous == null ? null : anonymous(anonymous));
  }

  private AnonymousConfiguration anonymous(YamlMapping from) {
    known(from, "enabled", "conditions");
    return new AnonymousConfiguration(
        flag(from, "enabled"),
        list(
            from,
            "conditions",
            condition -> {
              known(condition, "path");
              return text(condition, "path");
            }));
  }

  private JwtConfiguration jwt(YamlMapping from) {
    known(from, "issuer", "claimValidationRules", "claimMappings", "userValidationRules");
    return new JwtConfiguration(
        issuer(orEmpty(mapping(from, "issuer"))),
        list(
            from,
            "claimValidationRules",
            rule -> {
              known(rule, "claim", "requiredValue", "expression", "message");
              return new ClaimValidationRule(
                  text(rule, "claim"),
                  text(rule, "requiredValue"),
                  text(rule, "expression"),
                  text(rule, "message"));
            }),
        mappings(orEmpty(mapping(from, "claimMappings"))),
        list(
            from,
            "userValidationRules",
            rule -> {
              known(rule, "expression", "message");
              return new UserValidationRule(text(rule, "expression"), text(rule, "message"));
            }));
  }

  private Issuer issuer(YamlMapping from) {
    known(
        from,
        "url",
        "discoveryURL",
        "certificateAuthority",
        "audiences",
        "audienceMatchPolicy",
        "egressSelectorType");
    List<String> audiences = new ArrayList<>();
    for (YamlValue audience : sequence(from, "audiences")) {
      audiences.add(audience instanceof YamlNull ? "" : string(audience, "audiences"));
    }
    return new Issuer(
        text(from, "url"),
        text(from, "discoveryURL"),
        text(from, "certificateAuthority"),
        audiences,
        text(from, "audienceMatchPolicy"),
        text(from, "egressSelectorType"));
  }

  private ClaimMappings mappings(YamlMapping from) {
    known(from, "username", "groups", "uid", "extra");
    YamlMapping uid = orEmpty(mapping(from, "uid"));
    known(uid, "claim", "expression");
    return new ClaimMappings(
        mapped(orEmpty(mapping(from, "username"))),
        mapped(orEmpty(mapping(from, "groups"))),
        new ClaimMapping(text(uid, "claim"), null, text(uid, "expression")),
        list(
            from,
            "extra",
            extra -> {
              known(extra, "key", "valueExpression");
              return new ExtraMapping(text(extra, "key"), text(extra, "valueExpression"));
            }));
  }

  private ClaimMapping mapped(YamlMapping from) {
    known(from, "claim", "prefix", "expression");
    YamlValue prefix = given(from, "prefix");
    return new ClaimMapping(
        text(from, "claim"),
        prefix == null ? null : string(prefix, "prefix"),
        text(from, "expression"));
  }

  private static YamlMapping orEmpty(@Nullable YamlMapping mapping) {
    return mapping == null ? YamlMapping.EMPTY : mapping;
  }

  private void known(YamlMapping mapping, String... fields) {
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (!List.of(fields).contains(entry.key())) {
        throw new ConfigurationException(
            source
                + ":"
                + entry.keyPosition()
                + ": unknown field \""
                + entry.key()
                + "\"; there are "
                + String.join(", ", fields));
      }
    }
  }

  private static @Nullable YamlValue given(YamlMapping from, String field) {
    YamlValue value = from.get(field);
    return value instanceof YamlNull ? null : value;
  }

  private String text(YamlMapping from, String field) {
    YamlValue value = given(from, field);
    return value == null ? "" : string(value, field);
  }

  private String string(YamlValue value, String field) {
    if (value instanceof YamlString string) {
      return string.value();
    }
    throw problem(value, field + " is a " + value.kind() + ", expected a string");
  }

  private boolean flag(YamlMapping from, String field) {
    YamlValue value = given(from, field);
    if (value == null) {
      return false;
    } else if (value instanceof YamlBoolean flag) {
      return flag.value();
    }
    throw problem(value, field + " is a " + value.kind() + ", expected true or false");
  }

  private @Nullable YamlMapping mapping(YamlMapping from, String field) {
    YamlValue value = given(from, field);
    if (value == null || value instanceof YamlMapping) {
      return (YamlMapping) value;
    }
    throw problem(value, field + " is a " + value.kind() + ", expected a mapping");
  }

  private List<YamlValue> sequence(YamlMapping from, String field) {
    YamlValue value = given(from, field);
    if (value == null) {
      return List.of();
    } else if (value instanceof YamlSequence sequence) {
      return sequence.values();
    }
    throw problem(value, field + " is a " + value.kind() + ", expected a list");
  }

  private <T> List<T> list(YamlMapping from, String field, Function<YamlMapping, T> of) {
    List<T> items = new ArrayList<>();
    for (YamlValue item : sequence(from, field)) {
      if (item instanceof YamlNull) {
        items.add(of.apply(YamlMapping.EMPTY));
      } else if (item instanceof YamlMapping mapping) {
        items.add(of.apply(mapping));
      } else {
        throw problem(item, field + " holds a " + item.kind() + ", expected mappings");
      }
    }
    return items;
  }

  private ConfigurationException problem(YamlValue at, String what) {
    return new ConfigurationException(source + ":" + at.position() + ": " + what);
  }
}
