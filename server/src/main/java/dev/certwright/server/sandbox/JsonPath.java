package dev.certwright.server.sandbox;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into an object as columns of CustomResourceDefinitions have them: kubectl's JSONPath,
 * which is its own dialect and no library's (package {@code client-go/util/jsonpath}).
 */
record JsonPath(List<Step> steps) {

  /** There is no such path, or an object that it does not fit. */
  static final class JsonPathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JsonPathException(String message) {
      super(message);
    }
  }

  /** What leads from values to others. */
  sealed interface Step {
    /**
     * Where it leads.
     *
     * @throws JsonPathException if the values are none that it leads from
     */
    List<YamlValue> from(List<YamlValue> values);
  }

  /**
   * Reads a path.
   *
   * @param text without braces
   * @throws JsonPathException if it is none
   */
  static JsonPath parse(String text) {
    return new JsonPathParser(text).parse();
  }

  /**
   * All that lies at its end in an object.
   *
   * @throws JsonPathException if the object does not fit
   */
  List<YamlValue> in(YamlValue object) {
    List<YamlValue> values = List.of(object);
    for (Step step : steps) {
      values = step.from(values);
    }
    return values;
  }

  /** The value of a key. */
  record Field(String name) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        YamlValue one = value instanceof YamlMapping mapping ? mapping.get(name) : null;
        if (one != null) {
          found.add(one);
        }
      }
      return found;
    }
  }

  /** All values of mappings, all elements of lists. */
  record Wildcard() implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        found.addAll(children(value));
      }
      return found;
    }
  }

  /** All that has something in it, at whatever depth. */
  record Recursive() implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        List<YamlValue> children = children(value);
        if (!children.isEmpty()) {
          found.add(value);
          found.addAll(from(children));
        }
      }
      return found;
    }
  }

  private static List<YamlValue> children(YamlValue value) {
    if (value instanceof YamlSequence list) {
      return list.values();
    }
    List<YamlValue> children = new ArrayList<>();
    if (value instanceof YamlMapping mapping) {
      for (YamlMapping.Entry entry : mapping.entries()) {
        children.add(entry.value());
      }
    }
    return children;
  }

  /**
   * Elements of lists.
   *
   * @param begin below 0 it counts from the end
   * @param end the element behind the last; below 0 it counts from the end
   * @param toEnd whether it goes to the end of the list instead
   * @param step 1 for each
   */
  record Slice(int begin, int end, boolean toEnd, int step) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        if (!(value instanceof YamlNull)) {
          List<YamlValue> all = elements(value);
          int first = begin < 0 ? begin + all.size() : begin;
          int last = toEnd ? all.size() : end < 0 ? end + all.size() : end;
          if (first == last) {
            return found;
          }
          if (first < 0 || first >= all.size() || last > all.size() || first > last || step <= 0) {
            throw new JsonPathException("the list is shorter");
          }
          for (int i = first; i < last; i += step) {
            found.add(all.get(i));
          }
        }
      }
      return found;
    }
  }

  private static List<YamlValue> elements(YamlValue value) {
    if (value instanceof YamlSequence list) {
      return list.values();
    }
    throw new JsonPathException("a " + value.kind() + " has no elements");
  }

  /** What several paths lead to. */
  record Union(List<JsonPath> paths) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (JsonPath path : paths) {
        List<YamlValue> some = values;
        for (Step step : path.steps) {
          some = step.from(some);
        }
        found.addAll(some);
      }
      return found;
    }
  }

  /** A value that is the same everywhere. */
  record Constant(YamlValue value) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> same = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        same.add(value);
      }
      return value instanceof YamlString ? List.of(value) : same;
    }
  }

  /** Elements that have something. */
  record Having(JsonPath path) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        for (YamlValue element : elements(value)) {
          if (has(element)) {
            found.add(element);
          }
        }
      }
      return found;
    }

    private boolean has(YamlValue element) {
      try {
        return !path.in(element).isEmpty();
      } catch (JsonPathException differently) {
        return false;
      }
    }
  }

  /** Elements of which two things compare so. */
  record Comparing(JsonPath left, String operator, JsonPath right) implements Step {
    @Override
    public List<YamlValue> from(List<YamlValue> values) {
      List<YamlValue> found = new ArrayList<>();
      for (YamlValue value : values) {
        for (YamlValue element : elements(value)) {
          List<YamlValue> one = left.in(element);
          List<YamlValue> other = one.isEmpty() ? one : right.in(element);
          if (one.size() > 1 || other.size() > 1) {
            throw new JsonPathException("only one value can be compared with another");
          }
          if (!one.isEmpty() && !other.isEmpty() && holds(one.get(0), other.get(0))) {
            found.add(element);
          }
        }
      }
      return found;
    }

    private boolean holds(YamlValue one, YamlValue other) {
      boolean equality = operator.equals("==") || operator.equals("!=");
      int compared;
      if (one instanceof YamlString text && other instanceof YamlString otherText) {
        compared = dev.certwright.rbac.GoText.ORDER.compare(text.value(), otherText.value());
      } else if (one instanceof YamlNumber number
          && other instanceof YamlNumber otherNumber
          && number.isInteger() == otherNumber.isInteger()) {
        compared = number.bigDecimalValue().compareTo(otherNumber.bigDecimalValue());
      } else if (equality && one.getClass() == other.getClass() && one.kind().equals("boolean")) {
        compared = one.equals(other) ? 0 : 1;
      } else {
        throw new JsonPathException("a " + one.kind() + " is no " + other.kind());
      }
      return switch (operator) {
        case "==" -> compared == 0;
        case "!=" -> compared != 0;
        case "<" -> compared < 0;
        case "<=" -> compared <= 0;
        case ">" -> compared > 0;
        case ">=" -> compared >= 0;
        default -> throw new JsonPathException("there is no operator " + operator);
      };
    }
  }
}
