package dev.certwright.rbac.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kubernetes accepts as names and labels, and what it says where it does not: each check gives
 * the messages of upstream, none if the text is fine.
 */
public final class NameSyntax {
  private static final String LABEL_KEY_FORMAT = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String DNS_LABEL_FORMAT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED_NAME =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '"
          + LABEL_KEY_FORMAT
          + "')";
  private static final String LABEL_VALUE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is '("
          + LABEL_KEY_FORMAT
          + ")?')";
  private static final String SUBDOMAIN =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is '"
          + DNS_LABEL_FORMAT
          + "(\\."
          + DNS_LABEL_FORMAT
          + ")*')";
  private static final String DNS_LABEL =
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
          + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
          + " regex used for validation is '"
          + DNS_LABEL_FORMAT
          + "')";

  private NameSyntax() {}

  /** Names that may be a segment of a path (rule RV-01); the empty name is not looked at. */
  public static List<String> pathSegment(String name) {
    if (name.equals(".") || name.equals("..")) {
      return List.of("may not be '" + name + "'");
    }
    List<String> problems = new ArrayList<>(2);
    if (name.indexOf('/') >= 0) {
      problems.add("may not contain '/'");
    }
    if (name.indexOf('%') >= 0) {
      problems.add("may not contain '%'");
    }
    return problems;
  }

  /** Keys of labels, with or without a prefix. */
  public static List<String> labelKey(String key) {
    List<String> problems = new ArrayList<>(2);
    int slash = key.indexOf('/');
    if (slash >= 0 && key.indexOf('/', slash + 1) >= 0) {
      problems.add(
          "a valid label key "
              + QUALIFIED_NAME
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
      return problems;
    }
    if (slash == 0) {
      problems.add("prefix part must be non-empty");
    } else if (slash > 0) {
      for (String problem : subdomain(key.substring(0, slash))) {
        problems.add("prefix part " + problem);
      }
    }
    String name = key.substring(slash + 1);
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    } else if (bytes(name) > 63) {
      problems.add("name part must be no more than 63 bytes");
    }
    if (!isLabelText(name)) {
      problems.add("name part " + QUALIFIED_NAME);
    }
    return problems;
  }

  /** Values of labels. */
  public static List<String> labelValue(String value) {
    List<String> problems = new ArrayList<>(2);
    if (bytes(value) > 63) {
      problems.add("must be no more than 63 bytes");
    }
    if (!value.isEmpty() && !isLabelText(value)) {
      problems.add(LABEL_VALUE);
    }
    return problems;
  }

  /** Names of ServiceAccounts, prefixes of label keys. */
  public static List<String> subdomain(String name) {
    List<String> problems = new ArrayList<>(2);
    if (bytes(name) > 253) {
      problems.add("must be no more than 253 bytes");
    }
    if (!isSubdomain(name)) {
      problems.add(SUBDOMAIN);
    }
    return problems;
  }

  /** Names of namespaces. */
  public static List<String> dnsLabel(String name) {
    List<String> problems = new ArrayList<>(2);
    if (bytes(name) > 63) {
      problems.add("must be no more than 63 bytes");
    }
    if (!isDnsLabel(name, 0, name.length())) {
      problems.add(isSubdomain(name) ? "must not contain dots" : DNS_LABEL);
    }
    return problems;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isLabelText(String text) {
    int last = text.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = text.charAt(i);
      boolean inner = i > 0 && i < last && (c == '-' || c == '_' || c == '.');
      if (!inner && !isLetterOrDigit(c)) {
        return false;
      }
    }
    return last >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isSubdomain(String text) {
    int from = 0;
    while (true) {
      int dot = text.indexOf('.', from);
      int end = dot < 0 ? text.length() : dot;
      if (!isDnsLabel(text, from, end)) {
        return false;
      }
      if (dot < 0) {
        return true;
      }
      from = dot + 1;
    }
  }

  private static boolean isDnsLabel(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      boolean inner = i > from && i < end - 1 && c == '-';
      if (!inner && !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
        return false;
      }
    }
    return end > from;
  }
}
