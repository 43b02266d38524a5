package dev.certwright.rbac.manifest;

import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Origin;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads RBAC objects out of texts and keeps account of what else is in them. Not safe for use by
 * several threads.
 *
 * <p>Taken are the four kinds of {@code rbac.authorization.k8s.io} in v1, v1beta1 and v1alpha1
 * (rule RV-10), alone, in a {@code List} or a list of their kind, any number of documents in a
 * text. Objects of other kinds are counted.
 */
public final class ManifestLoader {
  private static final YamlReader LENIENT = YamlReader.lenient();
  private static final YamlReader STRICT = YamlReader.strict();
  private static final String GROUP_PREFIX = RoleRef.API_GROUP + "/";

  private final boolean lenient;
  private final boolean replacing;
  private final String defaultNamespace;
  private final boolean withLines;
  private final Map<String, RbacObject> objects = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, Integer> otherKinds = new HashMap<>();
  // Rules and bindings of a cluster say the same words over and over.
  private final Map<String, String> known = new HashMap<>();

  private ManifestLoader(
      boolean lenient, boolean replacing, String defaultNamespace, boolean withLines) {
    this.lenient = lenient;
    this.replacing = replacing;
    this.defaultNamespace = defaultNamespace;
    this.withLines = withLines;
  }

  /** Objects must be such that an API server stores them. */
  public static ManifestLoader strict() {
    return new ManifestLoader(false, false, "", true);
  }

  /**
   * Objects are taken as the authorizer itself takes them, which validates nothing; what an API
   * server would refuse is a warning. What cannot be decoded is a problem all the same.
   */
  public static ManifestLoader lenient() {
    return new ManifestLoader(true, false, "", true);
  }

  /**
   * An object takes the place of an earlier one of the same kind and name, which else is an error.
   */
  public ManifestLoader replacing() {
    return new ManifestLoader(lenient, true, defaultNamespace, withLines);
  }

  /** Roles and RoleBindings that name no namespace belong to this one, as kubectl has it. */
  public ManifestLoader withDefaultNamespace(String namespace) {
    return new ManifestLoader(lenient, replacing, namespace, withLines);
  }

  /** Objects come from no file: only the source tells where they were read, not a line. */
  public ManifestLoader withoutLines() {
    return new ManifestLoader(lenient, replacing, defaultNamespace, false);
  }

  /**
   * Reads a text.
   *
   * @param source its name, for messages
   */
  public void add(String source, byte[] bytes) {
    List<YamlValue> values;
    try {
      values = STRICT.readAll(source, bytes);
    } catch (YamlException notStrict) {
      try {
        values = LENIENT.readAll(source, bytes);
      } catch (YamlException e) {
        problems.add(new Problem(source, e.position().line(), "", "", e.problem()));
        return;
      }
      // Upstream's decoders take the last of equal keys, unless they are asked to be strict.
      warnings.add(new Problem(source, notStrict.position().line(), "", "", notStrict.problem()));
    }
    for (YamlValue value : values) {
      addValue(source, value, "", "");
    }
  }

  /** Adds an object that is not read from a text, such as one of {@link DefaultRoles}. */
  public void add(RbacObject object) {
    put(object, object.origin().source());
  }

  /** Adds an object unless there is one of its kind and name. */
  public void addIfAbsent(RbacObject object) {
    objects.putIfAbsent(key(object), object);
  }

  /** All that was read so far. */
  public Manifest manifest() {
    return new Manifest(List.copyOf(objects.values()), problems, warnings, otherKinds);
  }

  private void addValue(String source, YamlValue value, String listVersion, String listKind) {
    if (!(value instanceof YamlMapping mapping)) {
      problems.add(
          new Problem(
              source,
              value.position().line(),
              "",
              "",
              "expected an object, found a " + value.kind()));
      return;
    }
    String version = text(mapping, "apiVersion");
    String kind = text(mapping, "kind");
    version = version.isEmpty() ? listVersion : version;
    kind = kind.isEmpty() ? listKind : kind;
    boolean ours = version.startsWith(GROUP_PREFIX);
    if (kind.equals("List") || ours && isKind(kind, "List")) {
      addItems(source, mapping, version, kind);
    } else if (!ours) {
      otherKinds.merge(
          kind.isEmpty() ? "no kind" : version.isEmpty() ? kind : version + "/" + kind,
          1,
          Integer::sum);
    } else {
      addObject(source, mapping, version.substring(GROUP_PREFIX.length()), kind);
    }
  }

  private String intern(String text) {
    return known.computeIfAbsent(text, one -> one);
  }

  private static String text(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlString text ? text.value() : "";
  }

  private static boolean isKind(String kind, String suffix) {
    return kind.equals(RoleRef.CLUSTER_ROLE + suffix)
        || kind.equals(RoleRef.ROLE + suffix)
        || kind.equals(ClusterRoleBinding.KIND + suffix)
        || kind.equals(RoleBinding.KIND + suffix);
  }

  private void addItems(String source, YamlMapping list, String version, String kind) {
    if (!(list.get("items") instanceof YamlSequence items)) {
      return;
    }
    boolean typed = !kind.equals("List");
    String itemKind = typed ? kind.substring(0, kind.length() - "List".length()) : "";
    for (YamlValue item : items.values()) {
      addValue(source, item, typed ? version : "", itemKind);
    }
  }

  private void addObject(String source, YamlMapping mapping, String version, String kind) {
    boolean knownVersion =
        version.equals("v1") || version.equals("v1beta1") || version.equals("v1alpha1");
    FieldProblems undecodable = new FieldProblems(source, mapping);
    if (!knownVersion || !isKind(kind, "")) {
      undecodable.add(
          knownVersion ? "kind" : "apiVersion",
          "no kind "
              + kind
              + " in "
              + GROUP_PREFIX
              + version
              + ", expected ClusterRole, ClusterRoleBinding, Role or RoleBinding of v1");
      problems.addAll(undecodable.list());
      return;
    }
    FieldProblems unknown = new FieldProblems(source, mapping);
    ObjectFields fields = new ObjectFields(mapping, "", undecodable, unknown, this::intern);
    Metadata metadata = Metadata.read(fields);
    FieldProblems invalid = new FieldProblems(source, mapping);
    boolean namespaced = kind.equals(RoleRef.ROLE) || kind.equals(RoleBinding.KIND);
    if (namespaced && metadata.namespace().isEmpty()) {
      metadata = metadata.inNamespace(defaultNamespace);
    } else if (!namespaced && !metadata.namespace().isEmpty() && !lenient) {
      unknown.add("metadata.namespace", "not allowed on this type, the API server drops it");
      metadata = metadata.inNamespace("");
    }
    Origin origin = new Origin(source, withLines ? mapping.position().line() : 0);
    RbacObject object = ObjectDecoder.decode(kind, version, fields, metadata, origin);
    for (FieldProblems found : List.of(undecodable, unknown, invalid)) {
      found.name(object.describe());
    }
    ObjectValidation.validate(object, metadata, invalid);
    warnings.addAll(named(unknown, object));
    if (!undecodable.isEmpty()) {
      problems.addAll(named(undecodable, object));
      return;
    }
    (lenient ? warnings : problems).addAll(named(invalid, object));
    put(object, source);
  }

  // What was found while the object had no name yet gets it.
  private static List<Problem> named(FieldProblems found, RbacObject object) {
    List<Problem> named = new ArrayList<>();
    for (Problem problem : found.list()) {
      named.add(
          new Problem(
              problem.source(),
              problem.line(),
              object.describe(),
              problem.field(),
              problem.message()));
    }
    named.sort(Comparator.comparingInt(Problem::line));
    return named;
  }

  private void put(RbacObject object, String source) {
    RbacObject before = objects.put(key(object), object);
    if (before != null && !replacing) {
      problems.add(
          new Problem(
              source,
              object.origin().line(),
              object.describe(),
              "",
              "stands twice, the other is at " + before.origin()));
    }
  }

  private static String key(RbacObject object) {
    boolean namespaced = object instanceof Role || object instanceof RoleBinding;
    return object.kind()
        + ' '
        + (namespaced || !object.namespace().isEmpty() ? object.namespace() + '/' : "")
        + object.name();
  }
}
