package dev.certwright.rbac.generator;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.RbacObject;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random RBAC objects as JSON, most of them with something that an API server refuses. */
public final class RandomManifests {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          ".",
          "..",
          "a/b",
          "a%b",
          "a.b",
          "a-",
          "-a",
          "a_b",
          "x/y/z",
          "kubernetes",
          "orphan",
          "foregroundDeletion",
          "example.com/x",
          "Example.com/x",
          "rbac.authorization.k8s.io",
          "ClusterRole",
          "Role",
          "User",
          "Group",
          "ServiceAccount",
          "default",
          "<&>",
          "\u00e9",
          "a b",
          "\"",
          "\u0000\u001f\u2028",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

  private final Random random;
  private final RandomPolicies policies;
  private final RandomClusterRoles clusterRoles;
  private final RandomTexts texts;

  /** Everything that follows depends on the random numbers alone. */
  public RandomManifests(Random random) {
    this.random = random;
    this.policies = new RandomPolicies(random);
    this.clusterRoles = new RandomClusterRoles(random);
    this.texts = new RandomTexts(random);
  }

  /** An object of one of the four kinds. */
  public YamlMapping object() {
    List<RbacObject> objects = new ArrayList<>(policies.policy());
    List<ClusterRole> roles = clusterRoles.roles();
    objects.addAll(roles);
    if (objects.isEmpty()) {
      return object();
    }
    YamlMapping object = ObjectJson.of(objects.get(random.nextInt(objects.size())));
    if (random.nextBoolean()) {
      object = withMetadata(object);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      object = (YamlMapping) changed(object, 0);
    }
    return object;
  }

  private YamlMapping withMetadata(YamlMapping object) {
    YamlMapping.Builder metadata = YamlMapping.builder();
    ((YamlMapping) java.util.Objects.requireNonNull(object.get("metadata")))
        .entries()
        .forEach(entry -> metadata.put(entry.key(), entry.value()));
    switch (random.nextInt(4)) {
      case 0 -> metadata.put("labels", map());
      case 1 -> metadata.put("annotations", map());
      case 2 -> metadata.put("namespace", texts.one(TEXTS));
      default -> metadata.put("finalizers", YamlSequence.ofStrings(texts.some(TEXTS, 2)));
    }
    YamlMapping.Builder copy = YamlMapping.builder();
    object.entries().forEach(entry -> copy.put(entry.key(), entry.value()));
    return copy.put("metadata", metadata.build()).build();
  }

  // One label at most: upstream goes through maps in no order.
  private YamlMapping map() {
    YamlMapping.Builder map = YamlMapping.builder();
    if (random.nextInt(4) > 0) {
      map.put(texts.one(TEXTS), texts.one(TEXTS));
    }
    return map.build();
  }

  // Changes something somewhere below the top, where apiVersion and kind stay.
  private YamlValue changed(YamlValue value, int depth) {
    if (value instanceof YamlMapping mapping && mapping.size() > 0) {
      int at = random.nextInt(mapping.size());
      YamlMapping.Builder copy = YamlMapping.builder();
      for (int i = 0; i < mapping.size(); i++) {
        YamlMapping.Entry entry = mapping.entries().get(i);
        boolean here = i == at && !(depth == 0 && i < 2);
        if (!here) {
          copy.put(entry.key(), entry.value());
        } else if (random.nextInt(6) > 0) {
          copy.put(entry.key(), changed(entry.value(), depth + 1));
        }
      }
      return copy.build();
    }
    if (value instanceof YamlSequence sequence && sequence.size() > 0 && random.nextInt(5) > 0) {
      List<YamlValue> copy = new ArrayList<>(sequence.values());
      int at = random.nextInt(copy.size());
      copy.set(at, changed(copy.get(at), depth + 1));
      return YamlSequence.of(copy);
    }
    return switch (random.nextInt(12)) {
      case 0 -> YamlNull.of();
      case 1 -> YamlSequence.of(List.of());
      case 2 -> YamlNumber.of(7);
      case 3 -> YamlBoolean.of(true);
      case 4 -> YamlMapping.EMPTY;
      default -> YamlString.of(texts.one(TEXTS));
    };
  }
}
