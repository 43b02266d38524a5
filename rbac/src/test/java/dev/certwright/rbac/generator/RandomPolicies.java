package dev.certwright.rbac.generator;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Origin;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random policies and questions to them; invalid objects are among them on purpose. */
public final class RandomPolicies {
  private final Random random;
  private final RandomTexts texts;

  /** Everything that follows depends on the random numbers alone. */
  public RandomPolicies(Random random) {
    this.random = random;
    this.texts = new RandomTexts(random);
  }

  /**
   * A policy: mostly small, sometimes with so many roles for few subjects that they are indexed.
   */
  public List<RbacObject> policy() {
    int size = random.nextInt(10) == 0 ? 150 : random.nextInt(14);
    boolean crowded = size == 150;
    List<RbacObject> objects = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String name = crowded && random.nextInt(4) > 0 ? "r" + i : texts.one(RandomTexts.ROLE_NAMES);
      objects.add(
          random.nextBoolean()
              ? ClusterRole.of(name, rules()).withLabels(Map.of())
              : Role.of(texts.one(RandomTexts.NAMESPACES), name, rules()));
    }
    for (int i = 0; i < size + size / 2; i++) {
      objects.add(binding(crowded, i, size));
    }
    return objects;
  }

  private RbacObject binding(boolean crowded, int number, int size) {
    RoleRef ref =
        new RoleRef(
            texts.one(RandomTexts.API_GROUPS_OF_SUBJECTS),
            texts.one(RandomTexts.ROLE_KINDS),
            crowded && random.nextInt(4) > 0
                ? "r" + random.nextInt(size)
                : texts.one(RandomTexts.ROLE_NAMES));
    List<Subject> subjects = new ArrayList<>();
    int count = crowded ? 1 + random.nextInt(2) : random.nextInt(4);
    for (int i = 0; i < count; i++) {
      subjects.add(crowded ? crowdedSubject() : subject());
    }
    String name = random.nextInt(5) == 0 ? texts.one(RandomTexts.ROLE_NAMES) : "b" + number;
    return random.nextBoolean()
        ? new ClusterRoleBinding("", name, ref, subjects, Origin.NONE)
        : new RoleBinding(
            crowded ? "a" : texts.one(RandomTexts.NAMESPACES), name, ref, subjects, Origin.NONE);
  }

  private Subject subject() {
    String kind = texts.one(RandomTexts.SUBJECT_KINDS);
    String name =
        switch (kind) {
          case "User" -> texts.one(RandomTexts.USERS);
          case "Group" -> texts.one(RandomTexts.GROUPS);
          default -> texts.one(List.of("x", "x:y", "", "default", "y"));
        };
    return new Subject(
        kind,
        texts.one(RandomTexts.API_GROUPS_OF_SUBJECTS),
        name,
        kind.equals("ServiceAccount") || random.nextInt(8) == 0
            ? texts.one(RandomTexts.NAMESPACES)
            : "");
  }

  private Subject crowdedSubject() {
    return switch (random.nextInt(4)) {
      case 0 -> Subject.group("dev");
      case 1 -> Subject.group("system:authenticated");
      case 2 -> Subject.user("alice");
      default -> subject();
    };
  }

  /** Up to four rules. */
  public List<PolicyRule> rules() {
    List<PolicyRule> rules = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rules.add(rule());
    }
    return rules;
  }

  private PolicyRule rule() {
    boolean urls = random.nextInt(3) == 0;
    boolean both = random.nextInt(8) == 0;
    // Now and then a rule that is too much to be taken apart.
    int most = random.nextInt(20) == 0 ? 9 : 3;
    List<String> none = List.of();
    return new PolicyRule(
        texts.mostlySome(RandomTexts.VERBS, most),
        urls && !both ? none : texts.mostlySome(RandomTexts.API_GROUPS, most),
        urls && !both ? none : texts.mostlySome(RandomTexts.RESOURCES, most),
        random.nextInt(3) == 0 ? texts.some(RandomTexts.NAMES, most) : none,
        urls || both ? texts.mostlySome(RandomTexts.URLS, most) : none);
  }

  /** Somebody, in few groups. */
  public Identity identity() {
    List<String> groups = texts.some(RandomTexts.GROUPS, 4);
    if (random.nextInt(200) == 0) {
      groups.add("system:masters");
    }
    return Identity.of(texts.one(RandomTexts.USERS), groups);
  }

  /** A namespace or none. */
  public String namespace() {
    return texts.one(RandomTexts.NAMESPACES);
  }

  /** A question. */
  public Attributes question() {
    return new Attributes(
        identity(),
        random.nextInt(4) > 0,
        texts.one(RandomTexts.VERBS),
        namespace(),
        texts.one(RandomTexts.API_GROUPS),
        texts.one(List.of("v1", "", "*")),
        texts.one(RandomTexts.ASKED_RESOURCES),
        texts.one(RandomTexts.SUBRESOURCES),
        texts.one(RandomTexts.NAMES),
        texts.one(RandomTexts.PATHS));
  }
}
