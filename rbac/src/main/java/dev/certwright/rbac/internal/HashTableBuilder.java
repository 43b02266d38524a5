package dev.certwright.rbac.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Changes a copy of a table. Not safe for use by several threads.
 *
 * @param <E> entries
 * @param <K> what they are found by
 */
public final class HashTableBuilder<E, K> {
  private final Keys<E, K> keys;
  private final int level;
  private int depth;
  private int size;
  private Object[][] chunks;
  private boolean[] owned;

  HashTableBuilder(HashTable<E, K> table) {
    keys = table.keys;
    level = table.level;
    depth = table.depth;
    size = table.size;
    chunks = table.chunks.clone();
    owned = new boolean[chunks.length];
  }

  /** How many entries there are now. */
  public int size() {
    return size;
  }

  /** The entry with this key, null if there is none. */
  public @Nullable E find(K key) {
    int hash =
        HashTable.spread(level == 0 ? keys.hash(key) : keys.rehash(key, HashTable.SEED + level));
    int index = index(hash);
    Object slot = slotAt(index);
    if (!(slot instanceof Bucket bucket)) {
      return nested(slot).find(key);
    }
    for (int i = 0; i < bucket.hashes.length; i++) {
      if (bucket.hashes[i] == hash && keys.matches(entryAt(bucket, i), key)) {
        return entryAt(bucket, i);
      }
    }
    return null;
  }

  /** Adds an entry, or replaces the one with the same key, which is returned. */
  public @Nullable E put(E entry) {
    int hash = hash(entry);
    while (true) {
      int index = index(hash);
      Object slot = slotAt(index);
      if (!(slot instanceof Bucket bucket)) {
        return putNested(index, nested(slot), entry);
      }
      int at = find(bucket, hash, entry);
      if (at >= 0) {
        set(index, bucket.depth, bucket.replaced(at, entry));
        return entryAt(bucket, at);
      }
      if (bucket.hashes.length < HashTable.BUCKET_SIZE
          || level == HashTable.LAST_LEVEL && !maySplit(bucket)) {
        set(index, bucket.depth, bucket.with(hash, entry));
        size++;
        return null;
      }
      if (maySplit(bucket)) {
        split(index, bucket);
      } else {
        HashTableBuilder<E, K> deeper = HashTable.<E, K>ofLevel(keys, level + 1).builder();
        for (int i = 0; i < bucket.entries.length; i++) {
          deeper.put(entryAt(bucket, i));
        }
        set(index, bucket.depth, deeper.build());
      }
    }
  }

  private @Nullable E putNested(int index, HashTable<E, K> table, E entry) {
    HashTableBuilder<E, K> deeper = table.builder();
    E before = deeper.put(entry);
    if (before == null) {
      size++;
    }
    replaceNested(index, table, deeper.build());
    return before;
  }

  /** Takes out the entry of this key; false if there is none. */
  public boolean remove(K key) {
    int hash =
        HashTable.spread(level == 0 ? keys.hash(key) : keys.rehash(key, HashTable.SEED + level));
    int index = index(hash);
    Object slot = slotAt(index);
    if (!(slot instanceof Bucket bucket)) {
      HashTable<E, K> table = nested(slot);
      HashTableBuilder<E, K> deeper = table.builder();
      if (!deeper.remove(key)) {
        return false;
      }
      replaceNested(index, table, deeper.build());
      size--;
      return true;
    }
    for (int i = 0; i < bucket.hashes.length; i++) {
      if (bucket.hashes[i] == hash && keys.matches(entryAt(bucket, i), key)) {
        set(index, bucket.depth, bucket.without(i));
        size--;
        return true;
      }
    }
    return false;
  }

  /** The table as it is now; the builder may go on. */
  public HashTable<E, K> build() {
    owned = new boolean[chunks.length];
    Object[][] result = chunks;
    chunks = result.clone();
    return new HashTable<>(keys, level, depth, size, result);
  }

  private int hash(E entry) {
    return HashTable.spread(
        level == 0 ? keys.hashOf(entry) : keys.rehash(keys.keyOf(entry), HashTable.SEED + level));
  }

  private int index(int hash) {
    return hash >>> 1 >>> (31 - depth);
  }

  private int find(Bucket bucket, int hash, E entry) {
    for (int i = 0; i < bucket.hashes.length; i++) {
      if (bucket.hashes[i] == hash && keys.same(entryAt(bucket, i), entry)) {
        return i;
      }
    }
    return -1;
  }

  // A directory of more than four slots an entry says that hashes share their first bits on
  // purpose; equal hashes never part.
  private boolean maySplit(Bucket bucket) {
    if (bucket.depth < depth) {
      return true;
    }
    return depth < 30 && 1L << (depth + 1) <= Math.max(64, 4L * size) && !allEqual(bucket.hashes);
  }

  private static boolean allEqual(int[] hashes) {
    for (int hash : hashes) {
      if (hash != hashes[0]) {
        return false;
      }
    }
    return true;
  }

  private void split(int index, Bucket bucket) {
    if (bucket.depth == depth) {
      doubleDirectory();
      split(index << 1, bucket);
      return;
    }
    int bit = 1 << (31 - bucket.depth);
    int ones = 0;
    for (int hash : bucket.hashes) {
      if ((hash & bit) != 0) {
        ones++;
      }
    }
    int[][] hashes = {new int[bucket.hashes.length - ones], new int[ones]};
    Object[][] entries = {new Object[bucket.hashes.length - ones], new Object[ones]};
    int[] counts = new int[2];
    for (int i = 0; i < bucket.hashes.length; i++) {
      int side = (bucket.hashes[i] & bit) == 0 ? 0 : 1;
      hashes[side][counts[side]] = bucket.hashes[i];
      entries[side][counts[side]++] = bucket.entries[i];
    }
    int covered = 1 << (depth - bucket.depth);
    int first = index & -covered;
    fill(first, covered / 2, new Bucket(bucket.depth + 1, hashes[0], entries[0]));
    fill(first + covered / 2, covered / 2, new Bucket(bucket.depth + 1, hashes[1], entries[1]));
  }

  private void doubleDirectory() {
    int slots = 1 << depth;
    int chunkCount = Math.max(1, 2 * slots >>> HashTable.CHUNK_BITS);
    Object[][] doubled = new Object[chunkCount][Math.min(2 * slots, HashTable.CHUNK_SIZE)];
    for (int i = 0; i < slots; i++) {
      Object slot = chunks[i >>> HashTable.CHUNK_BITS][i & (HashTable.CHUNK_SIZE - 1)];
      doubled[2 * i >>> HashTable.CHUNK_BITS][2 * i & (HashTable.CHUNK_SIZE - 1)] = slot;
      doubled[2 * i + 1 >>> HashTable.CHUNK_BITS][2 * i + 1 & (HashTable.CHUNK_SIZE - 1)] = slot;
    }
    chunks = doubled;
    owned = new boolean[chunkCount];
    Arrays.fill(owned, true);
    depth++;
  }

  private void set(int index, int bucketDepth, Object slot) {
    int covered = 1 << (depth - bucketDepth);
    fill(index & -covered, covered, slot);
  }

  private void replaceNested(int index, Object before, Object after) {
    int first = index;
    while (first > 0 && slotAt(first - 1) == before) {
      first--;
    }
    int end = index;
    while (end < 1 << depth && slotAt(end) == before) {
      end++;
    }
    fill(first, end - first, after);
  }

  private Object slotAt(int index) {
    return chunks[index >>> HashTable.CHUNK_BITS][index & (HashTable.CHUNK_SIZE - 1)];
  }

  private void fill(int first, int count, Object slot) {
    for (int i = first; i < first + count; i++) {
      int chunk = i >>> HashTable.CHUNK_BITS;
      if (!owned[chunk]) {
        chunks[chunk] = chunks[chunk].clone();
        owned[chunk] = true;
      }
      chunks[chunk][i & (HashTable.CHUNK_SIZE - 1)] = slot;
    }
  }

  @SuppressWarnings("unchecked")
  private E entryAt(Bucket bucket, int at) {
    return (E) bucket.entries[at];
  }

  @SuppressWarnings("unchecked")
  private HashTable<E, K> nested(Object slot) {
    return (HashTable<E, K>) slot;
  }
}
