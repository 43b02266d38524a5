package dev.certwright.rbac.generator;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Policies of real projects, all at once, and questions made of the words they use. */
public final class RealPolicies {
  private final List<RbacObject> objects;
  private final List<List<String>> users = new ArrayList<>();
  private final Set<String> groups = new LinkedHashSet<>(List.of("system:authenticated"));
  private final Set<String> namespaces = new LinkedHashSet<>(List.of("", "none"));
  private final Set<String> verbs = new LinkedHashSet<>();
  private final Set<String> apiGroups = new LinkedHashSet<>();
  private final Set<String> resources = new LinkedHashSet<>(List.of("pods"));
  private final Set<String> names = new LinkedHashSet<>(List.of("", "n"));
  private final Set<String> paths = new LinkedHashSet<>(List.of("/", "/healthz/x"));

  private final List<Granted> granted = new ArrayList<>();

  /** A rule that a binding gives somebody in a namespace, {@code ""} for all of them. */
  private record Granted(Identity asker, String namespace, PolicyRule rule) {}

  private RealPolicies(List<RbacObject> objects) {
    this.objects = objects;
    objects.forEach(this::collect);
    objects.forEach(this::collectGranted);
  }

  /** Reads all YAML files of a folder, also compressed ones, as a cluster would have them. */
  public static RealPolicies read(Path folder) throws IOException {
    ManifestLoader loader = ManifestLoader.lenient().replacing().withDefaultNamespace("default");
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(path -> path.toString().contains(".yaml")).sorted().toList();
    }
    for (Path file : files) {
      try (InputStream raw = Files.newInputStream(file);
          InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
        loader.add(file.getFileName().toString(), in.readAllBytes());
      }
    }
    Manifest manifest = loader.manifest().orThrow();
    List<RbacObject> objects = new ArrayList<>(manifest.aggregation().roles());
    manifest.objects().stream()
        .filter(object -> !(object instanceof ClusterRole))
        .forEach(objects::add);
    return new RealPolicies(objects);
  }

  /** The objects, aggregating roles filled. */
  public List<RbacObject> objects() {
    return objects;
  }

  private void collect(RbacObject object) {
    namespaces.add(object.namespace());
    if (object instanceof ClusterRole role) {
      role.rules().forEach(this::collect);
    } else if (object instanceof Role role) {
      role.rules().forEach(this::collect);
    } else if (object instanceof ClusterRoleBinding binding) {
      binding.subjects().forEach(subject -> collect(subject, "default"));
    } else if (object instanceof RoleBinding binding) {
      binding.subjects().forEach(subject -> collect(subject, binding.namespace()));
    }
  }

  private void collectGranted(RbacObject object) {
    if (object instanceof ClusterRoleBinding binding) {
      collectGranted(binding.subjects(), "", "default", binding.roleRef());
    } else if (object instanceof RoleBinding binding) {
      collectGranted(
          binding.subjects(), binding.namespace(), binding.namespace(), binding.roleRef());
    }
  }

  private void collectGranted(
      List<Subject> subjects, String namespace, String subjectNamespace, RoleRef roleRef) {
    for (PolicyRule rule : rulesOf(roleRef, namespace)) {
      for (Subject subject : subjects) {
        Identity asker =
            subject.kind().equals(Subject.GROUP)
                ? Identity.of("x", List.of(subject.name()))
                : Identity.of(userName(subject, subjectNamespace), List.of());
        granted.add(new Granted(asker, namespace, rule));
      }
    }
  }

  private List<PolicyRule> rulesOf(RoleRef roleRef, String namespace) {
    for (RbacObject object : objects) {
      if (object instanceof ClusterRole role
          && roleRef.kind().equals(RoleRef.CLUSTER_ROLE)
          && role.name().equals(roleRef.name())) {
        return role.rules();
      }
      if (object instanceof Role role
          && roleRef.kind().equals(RoleRef.ROLE)
          && role.name().equals(roleRef.name())
          && role.namespace().equals(namespace)) {
        return role.rules();
      }
    }
    return List.of();
  }

  private void collect(PolicyRule rule) {
    verbs.addAll(rule.verbs());
    apiGroups.addAll(rule.apiGroups());
    resources.addAll(rule.resources());
    names.addAll(rule.resourceNames());
    rule.nonResourceUrls().forEach(url -> paths.add(url.replace("*", "x")));
  }

  private void collect(Subject subject, String namespace) {
    if (subject.kind().equals(Subject.GROUP)) {
      groups.add(subject.name());
    } else {
      users.add(List.of(userName(subject, namespace), namespace));
    }
  }

  private static String userName(Subject subject, String namespace) {
    String effective = subject.namespace().isEmpty() ? namespace : subject.namespace();
    return subject.kind().equals(Subject.USER)
        ? subject.name()
        : Subject.SERVICE_ACCOUNT_PREFIX + effective + ":" + subject.name();
  }

  /**
   * A question, mostly asked where the asker has something; every other one in the words of a
   * single rule, since words of different rules seldom meet.
   */
  public Attributes question(Random random) {
    List<String> user =
        users.isEmpty() ? List.of("x", "") : users.get(random.nextInt(users.size()));
    List<String> in = new ArrayList<>();
    if (!granted.isEmpty() && random.nextBoolean()) {
      return questionInTheWordsOf(granted.get(random.nextInt(granted.size())), random);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      in.add(one(groups, random));
    }
    String[] resource = one(resources, random).split("/", 2);
    return new Attributes(
        Identity.of(user.get(0), in),
        random.nextInt(8) > 0,
        one(verbs, random),
        random.nextInt(3) > 0 ? user.get(1) : one(namespaces, random),
        one(apiGroups, random),
        "",
        resource[0],
        resource.length > 1 ? resource[1] : "",
        one(names, random),
        one(paths, random));
  }

  /**
   * Somebody and a namespace to list their rules in.
   *
   * @param user whom a binding names, or who is in a group that one names
   * @param namespace one that the policies use, or one that nobody uses; never empty
   */
  record Place(Identity user, String namespace) {}

  /** Mostly one where the asker is given something; now and then any. */
  Place place(Random random) {
    Granted what = granted.get(random.nextInt(granted.size()));
    List<String> in = new ArrayList<>(what.asker().groups());
    for (int i = random.nextInt(3); i > 0; i--) {
      in.add(one(groups, random));
    }
    String namespace = random.nextInt(4) > 0 ? what.namespace() : "";
    while (namespace.isEmpty()) {
      namespace = one(namespaces, random);
    }
    return new Place(Identity.of(what.asker().name(), in), namespace);
  }

  private Attributes questionInTheWordsOf(Granted what, Random random) {
    PolicyRule rule = what.rule();
    String[] resource = one(rule.resources(), resources, random).split("/", 2);
    return new Attributes(
        what.asker(),
        rule.nonResourceUrls().isEmpty(),
        one(rule.verbs(), verbs, random),
        one(List.of(what.namespace()), namespaces, random),
        one(rule.apiGroups(), apiGroups, random),
        "",
        resource[0],
        resource.length > 1 ? resource[1] : "",
        one(rule.resourceNames(), names, random),
        one(rule.nonResourceUrls(), paths, random).replace("*", "x"));
  }

  /** Mostly one of {@code some}; now and then, and when there is none, one of {@code all}. */
  private static String one(List<String> some, Set<String> all, Random random) {
    return some.isEmpty() || random.nextInt(12) == 0
        ? one(all, random)
        : some.get(random.nextInt(some.size()));
  }

  private static String one(Set<String> of, Random random) {
    List<String> list = List.copyOf(of);
    return list.get(random.nextInt(list.size()));
  }
}
