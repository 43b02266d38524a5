package dev.certwright.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object: values by key, in the order they were written.
 *
 * <p>Keys are unique; which of two equal keys counts was decided by the reader.
 */
public final class YamlMapping implements YamlValue {
  // Nearly every mapping of a Kubernetes object is smaller; comparing strings beats hashing then.
  private static final int INDEX_FROM = 9;

  /** The mapping without entries, not read from a text. */
  public static final YamlMapping EMPTY = new YamlMapping(List.of(), null, YamlPosition.NONE);

  private final List<Entry> entries;
  private final @Nullable Map<String, Entry> index;
  private final YamlPosition position;

  private YamlMapping(
      List<Entry> entries, @Nullable Map<String, Entry> index, YamlPosition position) {
    this.entries = entries;
    this.index = index;
    this.position = position;
  }

  /**
   * A key with its value.
   *
   * @param key as a string, as JSON has it
   * @param keyPosition where the key begins
   * @param value what it maps to
   */
  public record Entry(String key, YamlPosition keyPosition, YamlValue value) {}

  /** Collects a mapping that is not read from a text. */
  public static Builder builder() {
    return new Builder(YamlPosition.NONE);
  }

  /** The value of this key, null if there is none; {@link YamlNull} if it is there and null. */
  public @Nullable YamlValue get(String key) {
    Entry entry = entry(key);
    return entry == null ? null : entry.value();
  }

  /** The entry of this key, null if there is none. */
  public @Nullable Entry entry(String key) {
    if (index != null) {
      return index.get(key);
    }
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        return entry;
      }
    }
    return null;
  }

  /** All entries in the order they were written, unmodifiable. */
  public List<Entry> entries() {
    return entries;
  }

  /** How many entries there are. */
  public int size() {
    return entries.size();
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "mapping";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof YamlMapping that) || that.entries.size() != entries.size()) {
      return false;
    }
    for (Entry entry : entries) {
      if (!entry.value().equals(that.get(entry.key()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Entry entry : entries) {
      hash += entry.key().hashCode() * 31 ^ entry.value().hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    return "mapping of " + entries.size() + " at " + position;
  }

  /** Collects the entries of a mapping; a key put again replaces what was there, and moves last. */
  public static final class Builder {
    private final YamlPosition position;
    private final ArrayList<@Nullable Entry> entries = new ArrayList<>();
    private @Nullable HashMap<String, Integer> places;
    private int size;

    Builder(YamlPosition position) {
      this.position = position;
    }

    /** Adds or replaces an entry. */
    public Builder put(String key, YamlValue value) {
      set(new Entry(key, YamlPosition.NONE, value));
      return this;
    }

    /** Adds or replaces an entry. */
    public Builder put(String key, String value) {
      return put(key, YamlString.of(value));
    }

    /** Adds or replaces an entry. */
    public Builder put(String key, long value) {
      return put(key, YamlNumber.of(value));
    }

    /** Adds or replaces an entry. */
    public Builder put(String key, boolean value) {
      return put(key, YamlBoolean.of(value));
    }

    /** Adds or replaces an entry, with its position. */
    public Builder put(Entry entry) {
      set(entry);
      return this;
    }

    /** Adds an entry, or what counts of it and the one that has this key already. */
    void add(Entry entry, RepeatedKey repeated) {
      int place = place(entry.key());
      Entry before = place < 0 ? null : entries.get(place);
      set(
          before == null
              ? entry
              : new Entry(entry.key(), entry.keyPosition(), repeated.resolve(before, entry)));
    }

    private void set(Entry entry) {
      int before = place(entry.key());
      if (before >= 0) {
        entries.set(before, null);
      } else {
        size++;
      }
      if (places == null && entries.size() >= INDEX_FROM) {
        places = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
          Entry old = entries.get(i);
          if (old != null) {
            places.put(old.key(), i);
          }
        }
      }
      if (places != null) {
        places.put(entry.key(), entries.size());
      }
      entries.add(entry);
    }

    private int place(String key) {
      if (places != null) {
        return places.getOrDefault(key, -1);
      }
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        if (entry != null && entry.key().equals(key)) {
          return i;
        }
      }
      return -1;
    }

    /** The mapping as collected so far. */
    public YamlMapping build() {
      Entry[] kept = new Entry[size];
      int at = 0;
      for (Entry entry : entries) {
        if (entry != null) {
          kept[at++] = entry;
        }
      }
      Map<String, Entry> index = null;
      if (size >= INDEX_FROM) {
        index = new HashMap<>(size * 2);
        for (Entry entry : kept) {
          index.put(entry.key(), entry);
        }
      }
      return new YamlMapping(List.of(kept), index, position);
    }
  }
}
