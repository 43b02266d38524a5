package dev.certwright.oidc.expression;

import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A form that texts may have, as Kubernetes names it.
 *
 * @param name as expressions call it
 * @param problems what is wrong with a text, in upstream's words; empty if nothing is
 */
record NamedFormat(String name, Function<String, List<String>> problems) {
  private static final int LABEL = 63;
  private static final int SUBDOMAIN = 253;

  private static final String LABEL_1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN_1123 = LABEL_1123 + "(\\." + LABEL_1123 + ")*";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(" + KEY + ")?";
  private static final String KEY_FORM =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character";
  private static final String KEY_PROBLEM =
      described(KEY_FORM, KEY, "MyName", "my.name", "123-abc");

  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern BASE64 =
      Pattern.compile(
          "(?:[A-Za-z0-9+\\/]{4})*(?:[A-Za-z0-9+\\/]{2}==|[A-Za-z0-9+\\/]{3}=|[A-Za-z0-9+\\/]{4})");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))");

  private static final Rule LABEL_RULE =
      new Rule(
          LABEL,
          "characters",
          LABEL_1123,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
              + " must start and end with an alphanumeric character",
          "my-name",
          "123-abc");
  private static final Rule SUBDOMAIN_RULE =
      new Rule(
          SUBDOMAIN,
          "characters",
          SUBDOMAIN_1123,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
              + " '.', and must start and end with an alphanumeric character",
          "example.com");
  private static final Rule LABEL_1035_RULE =
      new Rule(
          LABEL,
          "characters",
          LABEL_1035,
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
              + " alphabetic character, and end with an alphanumeric character",
          "my-name",
          "abc-123");
  private static final Rule VALUE_RULE =
      new Rule(
          LABEL,
          "bytes",
          VALUE,
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character",
          "MyValue",
          "my_value",
          "12345");

  /** All there are, by name. */
  static final Map<String, NamedFormat> ALL = all();

  /** A length and a pattern. */
  private record Rule(int longest, String unit, Pattern pattern, String problem) {
    Rule(int longest, String unit, String pattern, String form, String... examples) {
      this(longest, unit, Pattern.compile(pattern), described(form, pattern, examples));
    }

    List<String> problems(String text) {
      List<String> problems = new ArrayList<>();
      if (bytes(text) > longest) {
        problems.add("must be no more than " + longest + " " + unit);
      }
      if (!pattern.matches(text)) {
        problems.add(problem);
      }
      return problems;
    }

    List<String> problemsOfPrefix(String text) {
      return problems(text.length() > 1 && text.endsWith("-") ? withoutTwo(text) + "a" : text);
    }
  }

  // The last two bytes, whatever they are.
  private static String withoutTwo(String text) {
    String shorter = text.substring(0, text.length() - 2);
    return text.charAt(text.length() - 2) < 0x80 ? shorter : shorter + "\uFFFD";
  }

  private static int bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private static String described(String form, String pattern, String... examples) {
    StringBuilder text = new StringBuilder(form).append(" (e.g. ");
    for (int i = 0; i < examples.length; i++) {
      text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
    }
    return text.append("regex used for validation is '").append(pattern).append("')").toString();
  }

  private static Map<String, NamedFormat> all() {
    Map<String, NamedFormat> all = new LinkedHashMap<>();
    add(all, "dns1123Label", LABEL_RULE::problems);
    add(all, "dns1123Subdomain", SUBDOMAIN_RULE::problems);
    add(all, "dns1035Label", LABEL_1035_RULE::problems);
    add(all, "qualifiedName", NamedFormat::ofQualifiedName);
    add(all, "dns1123LabelPrefix", LABEL_RULE::problemsOfPrefix);
    add(all, "dns1123SubdomainPrefix", SUBDOMAIN_RULE::problemsOfPrefix);
    add(all, "dns1035LabelPrefix", LABEL_1035_RULE::problemsOfPrefix);
    add(all, "labelValue", VALUE_RULE::problems);
    add(all, "uri", NamedFormat::ofUri);
    add(all, "uuid", text -> unless(UUID.matches(text), "does not match the UUID format"));
    add(all, "byte", text -> unless(BASE64.matches(text), "invalid base64"));
    add(all, "date", text -> unless(isDate(text), "invalid date"));
    add(all, "datetime", text -> unless(isDateTime(text), "invalid datetime"));
    return Map.copyOf(all);
  }

  private static void add(
      Map<String, NamedFormat> all, String name, Function<String, List<String>> problems) {
    all.put(name, new NamedFormat(name, problems));
  }

  private static List<String> unless(boolean fine, String problem) {
    return fine ? List.of() : List.of(problem);
  }

  private static List<String> ofQualifiedName(String text) {
    String[] parts = text.split("/", -1);
    List<String> problems = new ArrayList<>();
    if (parts.length > 2) {
      return List.of(
          "a valid label key "
              + KEY_PROBLEM
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        problems.add("prefix part must be non-empty");
      } else {
        for (String each : SUBDOMAIN_RULE.problems(parts[0])) {
          problems.add("prefix part " + each.replace("253 characters", "253 bytes"));
        }
      }
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    } else if (bytes(name) > LABEL) {
      problems.add("name part must be no more than " + LABEL + " bytes");
    }
    if (!Pattern.matches(KEY, name)) {
      problems.add("name part " + KEY_PROBLEM);
    }
    return problems;
  }

  private static List<String> ofUri(String text) {
    try {
      GoUrl.parseRequest(text);
      return List.of();
    } catch (GoUrl.UrlException invalid) {
      return List.of(String.valueOf(invalid.getMessage()));
    }
  }

  private static boolean isDate(String text) {
    if (!DATE.matches(text)) {
      return false;
    }
    try {
      LocalDate unused = LocalDate.parse(text);
      return true;
    } catch (DateTimeException none) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("t", -1);
    if (parts.length < 2 || !isDate(parts[0]) || !TIME.matches(parts[1])) {
      return false;
    }
    return parts[1].substring(0, 2).compareTo("23") <= 0
        && parts[1].substring(3, 5).compareTo("59") <= 0
        && parts[1].substring(6, 8).compareTo("59") <= 0;
  }
}
