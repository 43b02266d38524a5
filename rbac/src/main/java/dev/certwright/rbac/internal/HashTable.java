package dev.certwright.rbac.internal;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash table whose changed copies share what did not change.
 *
 * <p>Extendible hashing: a directory of buckets, addressed by the first bits of the hash; a bucket
 * that is full is split alone. A change copies one bucket of at most 32 entries and the part of the
 * directory that points to it, some microseconds at any size. An entry costs 11 bytes beyond
 * itself.
 *
 * <p>Keys may be chosen by an enemy so that hashes collide. A bucket that cannot be split becomes a
 * table of its own, under a second hash with a seed that nobody knows.
 *
 * @param <E> entries, never null
 * @param <K> what they are found by
 */
public final class HashTable<E, K> {
  static final int BUCKET_SIZE = 32;
  static final int CHUNK_BITS = 8;
  static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  static final int LAST_LEVEL = 3;
  static final int SEED = new SecureRandom().nextInt();

  final Keys<E, K> keys;
  final int level;
  final int depth;
  final int size;
  // Slots hold a Bucket or, where splitting did not help, a HashTable of the next level.
  final Object[][] chunks;

  HashTable(Keys<E, K> keys, int level, int depth, int size, Object[][] chunks) {
    this.keys = keys;
    this.level = level;
    this.depth = depth;
    this.size = size;
    this.chunks = chunks;
  }

  /** The table without entries. */
  public static <E, K> HashTable<E, K> empty(Keys<E, K> keys) {
    return ofLevel(keys, 0);
  }

  static <E, K> HashTable<E, K> ofLevel(Keys<E, K> keys, int level) {
    return new HashTable<>(keys, level, 0, 0, new Object[][] {{Bucket.EMPTY}});
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** Whether there is no entry. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The entry with this key, null if there is none. */
  @SuppressWarnings("unchecked")
  public @Nullable E find(K key) {
    int hash = spread(level == 0 ? keys.hash(key) : keys.rehash(key, SEED + level));
    Object slot = slot(hash);
    if (slot instanceof Bucket bucket) {
      int[] hashes = bucket.hashes;
      for (int i = 0; i < hashes.length; i++) {
        if (hashes[i] == hash && keys.matches((E) bucket.entries[i], key)) {
          return (E) bucket.entries[i];
        }
      }
      return null;
    }
    return ((HashTable<E, K>) slot).find(key);
  }

  /** This table with one entry more, or in place of the one with the same key. */
  public HashTable<E, K> with(E entry) {
    HashTableBuilder<E, K> builder = builder();
    builder.put(entry);
    return builder.build();
  }

  /** This table without the entry of this key; itself if there is none. */
  public HashTable<E, K> without(K key) {
    HashTableBuilder<E, K> builder = builder();
    return builder.remove(key) ? builder.build() : this;
  }

  /** Visits all entries, in an order that depends only on the table. */
  @SuppressWarnings("unchecked")
  public void forEach(Consumer<? super E> visitor) {
    Object before = null;
    for (Object[] chunk : chunks) {
      for (Object slot : chunk) {
        if (slot == before) {
          continue;
        }
        before = slot;
        if (slot instanceof Bucket bucket) {
          for (Object entry : bucket.entries) {
            visitor.accept((E) entry);
          }
        } else {
          ((HashTable<E, K>) slot).forEach(visitor);
        }
      }
    }
  }

  /** Some entry, null if there is none. */
  @SuppressWarnings("unchecked")
  public @Nullable E any() {
    for (Object[] chunk : chunks) {
      for (Object slot : chunk) {
        if (slot instanceof Bucket bucket) {
          if (bucket.entries.length > 0) {
            return (E) bucket.entries[0];
          }
        } else {
          E found = ((HashTable<E, K>) slot).any();
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  /** Makes a changed copy by many changes. */
  public HashTableBuilder<E, K> builder() {
    return new HashTableBuilder<>(this);
  }

  private Object slot(int hash) {
    // Two shifts, because a shift by 32 is none.
    int index = hash >>> 1 >>> (31 - depth);
    return chunks[index >>> CHUNK_BITS][index & (CHUNK_SIZE - 1)];
  }

  static int spread(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }
}
