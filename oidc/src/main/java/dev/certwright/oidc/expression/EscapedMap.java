package dev.certwright.oidc.expression;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object whose fields are found by their names and by their escaped names. */
class EscapedMap extends AbstractMap<String, Object> {
  private final Map<String, Object> fields;

  EscapedMap(Map<String, Object> fields) {
    this.fields = fields;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return fields.entrySet();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return key instanceof String name && fields.containsKey(meant(name));
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return key instanceof String name ? fields.get(meant(name)) : null;
  }

  String meant(String name) {
    String meant = Escapes.undone(name);
    return meant == null ? name : meant;
  }

  /**
   * All claims, or a user: the variable itself, which upstream can neither count nor search, which
   * equals itself alone, and in whose place loops go through its values.
   */
  static final class Variable extends EscapedMap {
    private static final String NO_FIELD = "\0";

    Variable(Map<String, Object> fields) {
      super(fields);
    }

    @Override
    String meant(String name) {
      String meant = Escapes.undone(name);
      return meant == null ? NO_FIELD : meant;
    }

    /** What loops go through. */
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Set<String> keySet() {
      Set names = super.keySet();
      Map<String, Object> all = this;
      return new AbstractSet() {
        @Override
        public Iterator iterator() {
          return names.stream().map(all::get).iterator();
        }

        @Override
        public int size() {
          return names.size();
        }
      };
    }
  }
}
