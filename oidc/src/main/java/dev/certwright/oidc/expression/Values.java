package dev.certwright.oidc.expression;

import dev.cel.common.values.NullValue;
import dev.certwright.identity.Identity;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims and users as the engine takes them. */
public final class Values {
  private Values() {}

  /** The variable {@code claims}. All numbers are doubles, as Go has them. */
  public static Map<String, Object> claims(YamlMapping claims) {
    return new EscapedMap.Variable(fields(claims));
  }

  /** The variable {@code user}. */
  public static Map<String, Object> user(Identity user) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("username", user.name());
    fields.put("uid", user.uid());
    fields.put("groups", user.groups());
    fields.put("extra", new EscapedMap(new LinkedHashMap<>(user.extra())));
    return new EscapedMap.Variable(fields);
  }

  private static Map<String, Object> fields(YamlMapping mapping) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : mapping.entries()) {
      fields.put(entry.key(), value(entry.value()));
    }
    return fields;
  }

  private static Object value(YamlValue value) {
    if (value instanceof YamlString string) {
      return string.value();
    } else if (value instanceof YamlNumber number) {
      double magnitude = number.bigDecimalValue().doubleValue();
      // A decimal has no negative zero.
      return magnitude == 0 && number.written().startsWith("-") ? -0.0 : magnitude;
    } else if (value instanceof YamlBoolean flag) {
      return flag.value();
    } else if (value instanceof YamlSequence sequence) {
      List<Object> items = new ArrayList<>(sequence.values().size());
      for (YamlValue item : sequence.values()) {
        items.add(value(item));
      }
      return items;
    } else if (value instanceof YamlMapping mapping) {
      return new EscapedMap(fields(mapping));
    }
    return NullValue.NULL_VALUE;
  }
}
