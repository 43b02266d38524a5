package dev.certwright.server.sandbox;

import dev.certwright.server.discovery.PrinterColumn;
import dev.certwright.server.sandbox.JsonPath.JsonPathException;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What kubectl shows of objects whose CustomResourceDefinition has {@code additionalPrinterColumns}
 * : of each path the first value, if it has the column's type.
 */
final class CustomColumns {
  private static final PrinterColumn AGE =
      new PrinterColumn(
          "Age", "date", "", "when the object was made", 0, ".metadata.creationTimestamp");
  private static final YamlValue NOTHING = YamlNull.of();

  private final List<Column> columns = new ArrayList<>();

  private record Column(PrinterColumn definition, JsonPath path) {}

  /**
   * These, as far as their paths can be read: an API server takes no definition with others.
   *
   * @param definitions empty for the age alone
   */
  CustomColumns(List<PrinterColumn> definitions) {
    try {
      for (PrinterColumn definition : definitions.isEmpty() ? List.of(AGE) : definitions) {
        columns.add(new Column(definition, JsonPath.parse(definition.jsonPath())));
      }
    } catch (JsonPathException unreadable) {
      // Those before it count.
      return;
    }
  }

  /** Their definitions, that of the name before them. */
  List<YamlMapping> definitions() {
    List<YamlMapping> all = new ArrayList<>();
    all.add(TableColumns.definition("Name", "string", "name", "name of the object", 0));
    for (Column column : columns) {
      PrinterColumn one = column.definition;
      all.add(
          TableColumns.definition(
              one.name(),
              one.type(),
              one.format(),
              one.description().isEmpty()
                  ? "Custom resource definition column (in JSONPath format): " + one.jsonPath()
                  : one.description(),
              one.priority()));
    }
    return all;
  }

  /** What stands in them. */
  List<YamlValue> cells(StoredObject object, Instant now) {
    List<YamlValue> cells = new ArrayList<>();
    cells.add(YamlString.of(object.name()));
    for (Column column : columns) {
      cells.add(cell(column, object, now));
    }
    return cells;
  }

  private static YamlValue cell(Column column, StoredObject object, Instant now) {
    List<YamlValue> found;
    try {
      found = column.path.in(object.object());
    } catch (JsonPathException differently) {
      return NOTHING;
    }
    if (found.isEmpty()) {
      return NOTHING;
    }
    YamlValue value = found.get(0);
    switch (column.definition.type()) {
      case "string" -> {
        return YamlString.of(text(value));
      }
      case "integer" -> {
        return value instanceof YamlNumber number ? integer(number) : NOTHING;
      }
      case "number" -> {
        return value instanceof YamlNumber ? value : NOTHING;
      }
      case "boolean" -> {
        return value instanceof YamlBoolean ? value : NOTHING;
      }
      case "date" -> {
        return value instanceof YamlString text ? age(text.value(), now) : NOTHING;
      }
      default -> {
        return NOTHING;
      }
    }
  }

  private static YamlValue age(String timestamp, Instant now) {
    String age = Age.of(timestamp, now);
    boolean given = !timestamp.isEmpty() && !timestamp.equals("null");
    return YamlString.of(age.equals(Age.UNKNOWN) && given ? "<invalid>" : age);
  }

  private static String text(YamlValue value) {
    if (value instanceof YamlString text) {
      return text.value();
    } else if (value instanceof YamlNumber number) {
      return number.text();
    } else if (value instanceof YamlBoolean bool) {
      return String.valueOf(bool.value());
    }
    return value instanceof YamlNull
        ? "<no value>"
        : ObjectCodec.compactJson(ObjectCodec.sorted(value));
  }

  private static YamlValue integer(YamlNumber number) {
    BigDecimal exact = number.bigDecimalValue();
    return exact.precision() - exact.scale() > 18
        ? NOTHING
        : YamlNumber.of(exact.toBigInteger().longValue());
  }
}
