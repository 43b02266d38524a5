package dev.certwright.cli.command;

import dev.certwright.x509.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which names were seen, at sixteen bytes each and half as much again for room: 128 bits of SHA-256
 * in an open-addressing table, because a list may be longer than memory.
 */
final class NameSet {
  private long[] table = new long[2048];
  private int size;

  /** Whether the name is new. */
  boolean add(String name) {
    ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)));
    // Zero marks an empty place.
    long high = digest.getLong() | 1;
    long low = digest.getLong();
    if (!insert(table, high, low)) {
      return false;
    }
    size++;
    if (size * 3L > table.length) {
      grow();
    }
    return true;
  }

  private static boolean insert(long[] table, long high, long low) {
    int places = table.length / 2;
    int at = (int) (low & places - 1);
    while (table[2 * at] != 0) {
      if (table[2 * at] == high && table[2 * at + 1] == low) {
        return false;
      }
      at = at + 1 & places - 1;
    }
    table[2 * at] = high;
    table[2 * at + 1] = low;
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        insert(larger, table[i], table[i + 1]);
      }
    }
    table = larger;
  }
}
