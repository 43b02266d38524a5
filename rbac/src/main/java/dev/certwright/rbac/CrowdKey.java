package dev.certwright.rbac;

import dev.certwright.rbac.internal.Keys;

/**
 * Where a {@link RoleCrowd} is, so that it can be found when a role changes.
 *
 * @param group whether it belongs to a group, otherwise to a user
 * @param subject name of the user or group
 * @param scope namespace, empty for the cluster
 */
record CrowdKey(boolean group, String subject, String scope) {
  static final Keys<CrowdKey, CrowdKey> KEYS = new CrowdKeys();

  private static final class CrowdKeys implements Keys<CrowdKey, CrowdKey> {
    @Override
    public int hash(CrowdKey key) {
      return (key.subject.hashCode() * 31 + key.scope.hashCode()) * 2 + (key.group ? 1 : 0);
    }

    @Override
    public int hashOf(CrowdKey entry) {
      return hash(entry);
    }

    @Override
    public CrowdKey keyOf(CrowdKey entry) {
      return entry;
    }

    @Override
    public int rehash(CrowdKey key, int seed) {
      return StoreKey.rehash(key.scope, StoreKey.rehash(key.subject, seed));
    }

    @Override
    public boolean matches(CrowdKey entry, CrowdKey key) {
      return entry.equals(key);
    }

    @Override
    public boolean same(CrowdKey one, CrowdKey other) {
      return one.equals(other);
    }
  }
}
