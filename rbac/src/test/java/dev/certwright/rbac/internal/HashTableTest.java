package dev.certwright.rbac.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HashTableTest {
  private record Entry(int key, int value) {}

  /** Hashes as somebody would choose them who wants the table to be slow. */
  private enum Hashing implements Keys<Entry, Integer> {
    GOOD {
      @Override
      public int hash(Integer key) {
        return key;
      }
    },
    ALL_EQUAL {
      @Override
      public int hash(Integer key) {
        return 42;
      }
    },
    // Undoes the mixing of the table: the first bits of all hashes are the same.
    SAME_START {
      @Override
      public int hash(Integer key) {
        int h = key & 0xFFF;
        h ^= h >>> 16;
        h *= 0x7ED1B41D;
        h = h ^ h >>> 13 ^ h >>> 26;
        h *= 0xA5CB9243;
        return h ^ h >>> 16;
      }
    };

    @Override
    public int hashOf(Entry entry) {
      return hash(entry.key());
    }

    @Override
    public Integer keyOf(Entry entry) {
      return entry.key();
    }

    @Override
    public int rehash(Integer key, int seed) {
      return (key + seed) * 0x9E3779B9;
    }

    @Override
    public boolean matches(Entry entry, Integer key) {
      return entry.key() == key;
    }

    @Override
    public boolean same(Entry one, Entry other) {
      return one.key() == other.key();
    }
  }

  @Test
  void table_after_random_changes_holds_what_a_map_holds() {
    for (Hashing hashing : Hashing.values()) {
      Random random = new Random(7);
      Map<Integer, Integer> expected = new HashMap<>();
      HashTable<Entry, Integer> table = HashTable.empty(hashing);
      for (int i = 0; i < 6_000; i++) {
        int key = random.nextInt(3_000);
        if (random.nextInt(4) == 0) {
          expected.remove(key);
          table = table.without(key);
        } else {
          expected.put(key, i);
          table = table.with(new Entry(key, i));
        }
      }
      assertHolds(table, expected);
    }
  }

  @Test
  void table_keeps_what_it_held_after_changed_copies_were_made() {
    for (Hashing hashing : Hashing.values()) {
      Random random = new Random(8);
      List<HashTable<Entry, Integer>> tables = new ArrayList<>();
      List<Map<Integer, Integer>> expected = new ArrayList<>();
      HashTable<Entry, Integer> table = HashTable.empty(hashing);
      Map<Integer, Integer> now = new HashMap<>();
      for (int i = 0; i < 40; i++) {
        HashTableBuilder<Entry, Integer> builder = table.builder();
        for (int j = 0; j < 50; j++) {
          int key = random.nextInt(500);
          if (random.nextBoolean()) {
            builder.put(new Entry(key, i));
            now.put(key, i);
          } else {
            assertThat(builder.remove(key)).isEqualTo(now.remove(key) != null);
          }
        }
        table = builder.build();
        tables.add(table);
        expected.add(new HashMap<>(now));
      }
      for (int i = 0; i < tables.size(); i++) {
        assertHolds(tables.get(i), expected.get(i));
      }
    }
  }

  @Test
  void builder_that_goes_on_after_building_does_not_change_what_was_built() {
    HashTable<Entry, Integer> empty = HashTable.empty(Hashing.GOOD);
    HashTableBuilder<Entry, Integer> builder = empty.builder();
    builder.put(new Entry(1, 1));
    HashTable<Entry, Integer> first = builder.build();
    builder.put(new Entry(1, 2));
    builder.put(new Entry(2, 2));
    assertHolds(first, Map.of(1, 1));
    assertHolds(builder.build(), Map.of(1, 2, 2, 2));
    assertThat(empty.isEmpty()).isTrue();
  }

  @Test
  void hashes_that_all_share_their_first_bits_do_not_blow_up_the_directory() {
    HashTableBuilder<Entry, Integer> builder =
        HashTable.<Entry, Integer>empty(Hashing.SAME_START).builder();
    for (int i = 0; i < 4_000; i++) {
      builder.put(new Entry(i, i));
    }
    HashTable<Entry, Integer> table = builder.build();
    assertThat(1L << table.depth).isLessThanOrEqualTo(4L * 4_000);
    assertThat(table.size()).isEqualTo(4_000);
  }

  private static void assertHolds(HashTable<Entry, Integer> table, Map<Integer, Integer> expected) {
    assertThat(table.size()).isEqualTo(expected.size());
    Map<Integer, Integer> visited = new HashMap<>();
    table.forEach(entry -> assertThat(visited.put(entry.key(), entry.value())).isNull());
    assertThat(visited).isEqualTo(expected);
    for (int key = 0; key < 3_000; key++) {
      Entry found = table.find(key);
      Integer value = expected.get(key);
      assertThat(found).isEqualTo(value == null ? null : new Entry(key, value));
    }
    Entry any = table.any();
    assertThat(any == null).isEqualTo(expected.isEmpty());
  }
}
