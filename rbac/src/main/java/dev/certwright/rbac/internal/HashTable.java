package dev.certwright.rbac.internal;

import java.util.Arrays;
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
  private static final int LAST_LEVEL = 3;
  private static final int SEED = new java.security.SecureRandom().nextInt();

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

  /** Some entries of one directory slot, in no order. */
  static final class Bucket {
    static final Bucket EMPTY = new Bucket(0, new int[0], new Object[0]);

    final int depth;
    final int[] hashes;
    final Object[] entries;

    Bucket(int depth, int[] hashes, Object[] entries) {
      this.depth = depth;
      this.hashes = hashes;
      this.entries = entries;
    }

    Bucket with(int hash, Object entry) {
      int count = hashes.length;
      int[] newHashes = Arrays.copyOf(hashes, count + 1);
      Object[] newEntries = Arrays.copyOf(entries, count + 1);
      newHashes[count] = hash;
      newEntries[count] = entry;
      return new Bucket(depth, newHashes, newEntries);
    }

    Bucket replaced(int at, Object entry) {
      Object[] newEntries = entries.clone();
      newEntries[at] = entry;
      return new Bucket(depth, hashes, newEntries);
    }

    Bucket without(int at) {
      int last = hashes.length - 1;
      int[] newHashes = Arrays.copyOf(hashes, last);
      Object[] newEntries = Arrays.copyOf(entries, last);
      if (at < last) {
        newHashes[at] = hashes[last];
        newEntries[at] = entries[last];
      }
      return new Bucket(depth, newHashes, newEntries);
    }
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
    Builder<E, K> builder = builder();
    builder.put(entry);
    return builder.build();
  }

  /** This table without the entry of this key; itself if there is none. */
  public HashTable<E, K> without(K key) {
    Builder<E, K> builder = builder();
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
  public Builder<E, K> builder() {
    return new Builder<>(this);
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

  /**
   * Changes a copy of a table. Not safe for use by several threads.
   *
   * @param <E> entries
   * @param <K> what they are found by
   */
  public static final class Builder<E, K> {
    private final Keys<E, K> keys;
    private final int level;
    private int depth;
    private int size;
    private Object[][] chunks;
    private boolean[] owned;

    Builder(HashTable<E, K> table) {
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
      int hash = spread(level == 0 ? keys.hash(key) : keys.rehash(key, SEED + level));
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
        if (bucket.hashes.length < BUCKET_SIZE || level == LAST_LEVEL && !maySplit(bucket)) {
          set(index, bucket.depth, bucket.with(hash, entry));
          size++;
          return null;
        }
        if (maySplit(bucket)) {
          split(index, bucket);
        } else {
          Builder<E, K> deeper = HashTable.<E, K>ofLevel(keys, level + 1).builder();
          for (int i = 0; i < bucket.entries.length; i++) {
            deeper.put(entryAt(bucket, i));
          }
          set(index, bucket.depth, deeper.build());
        }
      }
    }

    private @Nullable E putNested(int index, HashTable<E, K> table, E entry) {
      Builder<E, K> deeper = table.builder();
      E before = deeper.put(entry);
      if (before == null) {
        size++;
      }
      replaceNested(index, table, deeper.build());
      return before;
    }

    /** Takes out the entry of this key; false if there is none. */
    public boolean remove(K key) {
      int hash = spread(level == 0 ? keys.hash(key) : keys.rehash(key, SEED + level));
      int index = index(hash);
      Object slot = slotAt(index);
      if (!(slot instanceof Bucket bucket)) {
        HashTable<E, K> table = nested(slot);
        Builder<E, K> deeper = table.builder();
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
      return spread(level == 0 ? keys.hashOf(entry) : keys.rehash(keys.keyOf(entry), SEED + level));
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
      int chunkCount = Math.max(1, 2 * slots >>> CHUNK_BITS);
      Object[][] doubled = new Object[chunkCount][Math.min(2 * slots, CHUNK_SIZE)];
      for (int i = 0; i < slots; i++) {
        Object slot = chunks[i >>> CHUNK_BITS][i & (CHUNK_SIZE - 1)];
        doubled[2 * i >>> CHUNK_BITS][2 * i & (CHUNK_SIZE - 1)] = slot;
        doubled[2 * i + 1 >>> CHUNK_BITS][2 * i + 1 & (CHUNK_SIZE - 1)] = slot;
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
      return chunks[index >>> CHUNK_BITS][index & (CHUNK_SIZE - 1)];
    }

    private void fill(int first, int count, Object slot) {
      for (int i = first; i < first + count; i++) {
        int chunk = i >>> CHUNK_BITS;
        if (!owned[chunk]) {
          chunks[chunk] = chunks[chunk].clone();
          owned[chunk] = true;
        }
        chunks[chunk][i & (CHUNK_SIZE - 1)] = slot;
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
}
