package dev.certwright.rbac.internal;

import java.util.Arrays;

/** Some entries of one directory slot, in no order. */
final class Bucket {
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
