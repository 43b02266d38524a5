package dev.certwright.rbac.internal;

/**
 * How entries of a {@link HashTable} are found: each entry holds its own key, so that a table costs
 * little more than the entries.
 *
 * @param <E> entries
 * @param <K> what is asked for
 */
public interface Keys<E, K> {

  /** Hash of a key; equal keys have equal hashes. */
  int hash(K key);

  /** Hash of an entry's key; the same as {@link #hash} of that key. */
  int hashOf(E entry);

  /** The key of an entry, made when it is needed: for tables whose hashes were attacked. */
  K keyOf(E entry);

  /** A second hash of a key, independent of the first one. */
  int rehash(K key, int seed);

  /** Whether the entry has this key. */
  boolean matches(E entry, K key);

  /** Whether two entries have the same key, so that one replaces the other. */
  boolean same(E one, E other);
}
