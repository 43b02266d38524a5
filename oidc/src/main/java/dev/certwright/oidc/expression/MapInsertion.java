package dev.certwright.oidc.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the maps that {@code transformMap} and {@code transformMapEntry} make grow: in the order in
 * which their source is gone through, and at the cost of what is added. The library copies all at
 * every step and turns the order round.
 */
final class MapInsertion {
  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from(
              "cel_@mapInsert_map_key_value",
              List.of(Map.class, Object.class, Object.class),
              arguments -> {
                Growing map = Growing.of((Map<?, ?>) arguments[0]);
                map.insert(arguments[1], arguments[2]);
                return map;
              }),
          CelFunctionBinding.from(
              "cel_@mapInsert_map_map",
              Map.class,
              Map.class,
              (start, added) -> {
                Growing map = Growing.of(start);
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) added).entrySet()) {
                  map.insert(entry.getKey(), entry.getValue());
                }
                return map;
              }));

  private MapInsertion() {}

  /** Seen by one loop only until it is done: every loop starts from the literal {@code {}}. */
  private static final class Growing extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1L;

    static Growing of(Map<?, ?> start) {
      if (start instanceof Growing same) {
        return same;
      }
      Growing map = new Growing();
      map.putAll(start);
      return map;
    }

    void insert(Object key, Object value) throws CelEvaluationException {
      if (StandardChanges.isKey(key, this)) {
        throw new CelEvaluationException("insert failed: key '" + key + "' already exists");
      }
      put(key, value);
    }
  }
}
