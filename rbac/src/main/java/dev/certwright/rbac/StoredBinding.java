package dev.certwright.rbac;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.internal.Keys;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A binding as a policy keeps it: 40 bytes, and nothing more for the usual single user. It stands
 * in the indexes itself wherever a subject has no other binding, in a scope or at all.
 */
final class StoredBinding implements Use, ScopeEntry, SubjectEntry {
  /** How bindings of one kind are found. */
  static final Keys<StoredBinding, StoredBinding> KEYS = new BindingKeys();

  final String name;
  private final String namespace;
  private final RoleTarget target;
  // The name of a single user, a single Subject, or Subject[].
  private final Object subjects;
  private final String source;
  private final int line;
  final boolean clusterWide;

  StoredBinding(ClusterRoleBinding binding, RoleTarget target) {
    name = binding.name();
    namespace = binding.namespace();
    this.target = target;
    subjects = compact(binding.subjects());
    source = binding.origin().source();
    line = binding.origin().line();
    clusterWide = true;
  }

  StoredBinding(RoleBinding binding, String namespace, RoleTarget target) {
    name = binding.name();
    this.namespace = namespace;
    this.target = target;
    subjects = compact(binding.subjects());
    source = binding.origin().source();
    line = binding.origin().line();
    clusterWide = false;
  }

  private static Object compact(List<Subject> subjects) {
    if (subjects.size() != 1) {
      return subjects.toArray(new Subject[0]);
    }
    Subject only = subjects.get(0);
    boolean plainUser =
        only.kind().equals(Subject.USER)
            && only.apiGroup().equals(RoleRef.API_GROUP)
            && only.namespace().isEmpty();
    return plainUser ? only.name() : only;
  }

  /** The object that was stored. */
  RbacObject object() {
    List<Subject> list = subjects();
    Origin origin = line == 0 && source.isEmpty() ? Origin.NONE : new Origin(source, line);
    return clusterWide
        ? new ClusterRoleBinding(namespace, name, target.ref, list, origin)
        : new RoleBinding(namespace, name, target.ref, list, origin);
  }

  List<Subject> subjects() {
    if (subjects instanceof Subject[] several) {
      return List.of(several);
    }
    return List.of(onlySubject());
  }

  boolean hasOneSubject() {
    return !(subjects instanceof Subject[]);
  }

  private Subject onlySubject() {
    return subjects instanceof String user ? Subject.user(user) : (Subject) subjects;
  }

  /** Where the rules hold: the empty text for the cluster. */
  String scope() {
    return clusterWide ? "" : namespace;
  }

  @Override
  public String namespace() {
    return namespace;
  }

  boolean hasSameKey(StoredBinding other) {
    return StoreKey.same(namespace, name, other.namespace, other.name);
  }

  /** The user whom a subject means, null if it means none (rules RS-02, RS-03). */
  @Nullable String userOf(Subject subject) {
    if (subject.kind().equals(Subject.USER)) {
      return subject.name();
    }
    if (!subject.kind().equals(Subject.SERVICE_ACCOUNT)) {
      return null;
    }
    String effective = subject.namespace().isEmpty() ? scope() : subject.namespace();
    return effective.isEmpty()
        ? null
        : Subject.SERVICE_ACCOUNT_PREFIX + effective + ":" + subject.name();
  }

  /** Of a binding with one subject: whether that is this user. */
  boolean isForUser(String user) {
    if (subjects instanceof String only) {
      return only.equals(user);
    }
    return subjects instanceof Subject only && means(only, user);
  }

  private boolean means(Subject subject, String user) {
    if (subject.kind().equals(Subject.USER)) {
      return subject.name().equals(user);
    }
    return subject.kind().equals(Subject.SERVICE_ACCOUNT)
        && user.startsWith(Subject.SERVICE_ACCOUNT_PREFIX)
        && user.equals(userOf(subject));
  }

  /** Of a binding with one subject: whether that is this group. */
  boolean isForGroup(String group) {
    return subjects instanceof Subject only
        && only.kind().equals(Subject.GROUP)
        && only.name().equals(group);
  }

  /** Of a binding with one subject that is a user or a group: whom it means. */
  String onlyKey() {
    Subject only = onlySubject();
    String user = userOf(only);
    return user != null ? user : only.name();
  }

  /** The first subject that matches (rule RS-04), null if none does. */
  @Nullable Subject firstFor(Identity asker) {
    if (!(subjects instanceof Subject[] several)) {
      Subject only = onlySubject();
      return matches(only, asker.name(), asker.groups()) ? only : null;
    }
    Collection<String> groups = asker.groups();
    if (groups.size() > 4 && several.length > 4) {
      groups = new HashSet<>(groups);
    }
    for (Subject subject : several) {
      if (matches(subject, asker.name(), groups)) {
        return subject;
      }
    }
    return null;
  }

  private boolean matches(Subject subject, String user, Collection<String> groups) {
    return subject.kind().equals(Subject.GROUP)
        ? groups.contains(subject.name())
        : means(subject, user);
  }

  @Override
  public RoleTarget target() {
    return target;
  }

  @Override
  public StoredBinding anyBinding() {
    return this;
  }

  @Override
  public void forEachBinding(Consumer<StoredBinding> visitor) {
    visitor.accept(this);
  }

  private static final class BindingKeys implements Keys<StoredBinding, StoredBinding> {
    @Override
    public int hash(StoredBinding key) {
      return StoreKey.hash(key.namespace, key.name);
    }

    @Override
    public int hashOf(StoredBinding entry) {
      return hash(entry);
    }

    @Override
    public StoredBinding keyOf(StoredBinding entry) {
      return entry;
    }

    @Override
    public int rehash(StoredBinding key, int seed) {
      return StoreKey.rehash(StoreKey.of(key.namespace, key.name), seed);
    }

    @Override
    public boolean matches(StoredBinding entry, StoredBinding key) {
      return entry.hasSameKey(key);
    }

    @Override
    public boolean same(StoredBinding one, StoredBinding other) {
      return one.hasSameKey(other);
    }
  }
}
