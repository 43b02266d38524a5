package dev.certwright.cli.output;

import dev.certwright.authority.Finding;
import dev.certwright.cli.Console;
import dev.certwright.x509.SafeText;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results as maps, lists, text, numbers, booleans and nulls, printed as JSON, YAML or a table. Text
 * in tables is made safe for terminals; in JSON and YAML it is exact.
 */
public final class Documents {
  private Documents() {}

  /** Prints as {@code json} or {@code yaml}. */
  public static void print(Console console, String format, @Nullable Object document) {
    YamlValue value = value(document);
    console.out().print(format.equals("yaml") ? YamlWriter.write(value) : JsonWriter.pretty(value));
  }

  /** As JSON on one line, without a line end; part of a longer text. */
  public static String compact(@Nullable Object document) {
    return JsonWriter.compact(value(document));
  }

  private static YamlValue value(@Nullable Object document) {
    if (document instanceof Map<?, ?> map) {
      YamlMapping.Builder builder = YamlMapping.builder();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        builder.put(String.valueOf(entry.getKey()), value(entry.getValue()));
      }
      return builder.build();
    } else if (document instanceof List<?> list) {
      List<YamlValue> values = new ArrayList<>(list.size());
      for (Object element : list) {
        values.add(value(element));
      }
      return YamlSequence.of(values);
    } else if (document instanceof Boolean bool) {
      return YamlBoolean.of(bool);
    } else if (document instanceof Number number) {
      return YamlNumber.of(number.longValue());
    }
    return document == null ? YamlNull.of() : YamlString.of(document.toString());
  }

  /** Prints fields and values for people, one a line; lists below each other. */
  public static void printTable(Console console, Map<String, @Nullable Object> document) {
    StringBuilder text = new StringBuilder();
    int width = 12;
    for (Map.Entry<String, @Nullable Object> field : document.entrySet()) {
      width = Math.max(width, label(field.getKey()).length() + 2);
    }
    for (Map.Entry<String, @Nullable Object> field : document.entrySet()) {
      String label = label(field.getKey());
      if (field.getValue() instanceof List<?> list) {
        for (Object element : list) {
          row(text, label, SafeText.ofEscaped(String.valueOf(element)), width);
          label = "";
        }
      } else {
        row(text, label, SafeText.ofEscaped(String.valueOf(field.getValue())), width);
      }
    }
    console.out().print(text);
  }

  private static void row(StringBuilder text, String label, String value, int width) {
    text.append("  ").append(label).append(" ".repeat(width - label.length()));
    text.append(value).append('\n');
  }

  /** {@code notBefore} becomes {@code not before}. */
  private static String label(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(field.charAt(i - 1))) {
        text.append(' ');
      }
      text.append(c);
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }

  /** A finding as a document. */
  public static Map<String, @Nullable Object> of(Finding finding) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(
        "severity",
        switch (finding.severity()) {
          case NOTE -> "note";
          case WARNING -> "warning";
          case FORBIDDEN -> "problem";
        });
    document.put("rule", finding.rule());
    document.put("found", finding.found());
    document.put("advice", finding.advice());
    return document;
  }

  /** Findings as documents. */
  public static List<@Nullable Object> ofAll(List<Finding> findings) {
    List<@Nullable Object> documents = new ArrayList<>();
    for (Finding finding : findings) {
      documents.add(of(finding));
    }
    return documents;
  }
}
