package dev.certwright.rbac;

import dev.certwright.rbac.internal.Keys;

/** All that one user or one group has: a single binding, or a node. */
sealed interface SubjectEntry permits StoredBinding, SubjectNode {
  /** How users are found by name; ServiceAccounts are among them (rule RS-02). */
  Keys<SubjectEntry, String> USER_KEYS = new SubjectKeys(true);

  /** How groups are found by name. */
  Keys<SubjectEntry, String> GROUP_KEYS = new SubjectKeys(false);

  /** Finds subjects by the name that an identity gives. */
  final class SubjectKeys implements Keys<SubjectEntry, String> {
    private final boolean users;

    private SubjectKeys(boolean users) {
      this.users = users;
    }

    @Override
    public int hash(String key) {
      return key.hashCode();
    }

    @Override
    public int hashOf(SubjectEntry entry) {
      return keyOf(entry).hashCode();
    }

    @Override
    public String keyOf(SubjectEntry entry) {
      return entry instanceof SubjectNode node ? node.name : ((StoredBinding) entry).onlyKey();
    }

    @Override
    public int rehash(String key, int seed) {
      return StoreKey.rehash(key, seed);
    }

    @Override
    public boolean matches(SubjectEntry entry, String key) {
      if (entry instanceof SubjectNode node) {
        return node.name.equals(key);
      }
      StoredBinding binding = (StoredBinding) entry;
      return users ? binding.isForUser(key) : binding.isForGroup(key);
    }

    @Override
    public boolean same(SubjectEntry one, SubjectEntry other) {
      return matches(one, keyOf(other));
    }
  }
}
