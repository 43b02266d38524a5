package dev.certwright.cli.access;

import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.output.Documents;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RuleListing;
import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints all that somebody may do in a namespace. */
public final class RuleReport {
  private final Console console;
  private final LoadedPolicy loaded;
  private final Asker asker;
  private final String namespace;

  /**
   * For one asker.
   *
   * @param namespace empty for what holds in the whole cluster
   */
  public RuleReport(Console console, LoadedPolicy loaded, Asker asker, String namespace) {
    this.console = console;
    this.loaded = loaded;
    this.asker = asker;
    this.namespace = namespace;
  }

  /**
   * Prints what may be done to what, each resource once, as {@code kubectl auth can-i --list} does.
   *
   * @param explained whether each rule is printed with what gives it instead
   * @return the exit code
   */
  public int printSummary(String format, boolean explained) {
    if (!format.equals("table")) {
      return printDocument(format, explained);
    }
    printAsker();
    if (explained) {
      for (Grant grant : loaded.policy().grantsOf(asker.identity(), namespace)) {
        console.out().print(SafeText.ofEscaped(RuleText.content(grant.rule())) + "\n");
        console.out().print("  " + SafeText.ofEscaped(RuleText.rule(grant)) + "\n");
        console.out().print("  " + SafeText.ofEscaped(RuleText.binding(grant)) + "\n");
      }
    } else {
      printRows(summary(listing()));
    }
    return end(listing());
  }

  /**
   * Prints the rules as they stand, in the order of a SelfSubjectRulesReview.
   *
   * @return the exit code
   */
  public int printRules(String format) {
    if (!format.equals("table")) {
      return printDocument(format, false);
    }
    printAsker();
    List<List<String>> rows = new ArrayList<>();
    for (PolicyRule rule : listing().resourceRules()) {
      rows.add(
          List.of(
              words(rule.verbs()),
              words(rule.apiGroups()),
              words(rule.resources()),
              words(rule.resourceNames()),
              ""));
    }
    for (PolicyRule rule : listing().nonResourceRules()) {
      rows.add(List.of(words(rule.verbs()), "", "", "", words(rule.nonResourceUrls())));
    }
    print(List.of("VERBS", "API GROUPS", "RESOURCES", "RESOURCE NAMES", "PATHS"), rows);
    return end(listing());
  }

  private RuleListing listing() {
    return loaded.policy().rulesFor(asker.identity(), namespace);
  }

  private int printDocument(String format, boolean explained) {
    Map<String, @Nullable Object> document = ReviewDocuments.rules(listing(), loaded, namespace);
    if (explained) {
      List<@Nullable Object> grants = new ArrayList<>();
      for (Grant grant : loaded.policy().grantsOf(asker.identity(), namespace)) {
        grants.add(ReviewDocuments.grant(grant));
      }
      document.put("explanation", grants);
    }
    Documents.print(console, format, document);
    return loaded.isComplete() ? ExitCode.OK : ExitCode.OUTSIDE;
  }

  private void printAsker() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    DecisionReport.addAsker(fields, asker);
    fields.put(
        "where", namespace.isEmpty() ? "at the cluster scope" : "in the namespace " + namespace);
    Documents.printTable(console, fields);
    if (asker.identity().groups().contains(Identity.SUPERUSER_GROUP)) {
      console.warning(
          "in " + Identity.SUPERUSER_GROUP + " everything is allowed, whatever the rules say");
    }
  }

  private int end(RuleListing listing) {
    if (!listing.evaluationError().isEmpty()) {
      console.warning(SafeText.ofEscaped(listing.evaluationError()));
    }
    for (String unread : loaded.unread()) {
      console.warning("the list may be incomplete: " + SafeText.ofEscaped(unread));
    }
    return loaded.isComplete() ? ExitCode.OK : ExitCode.OUTSIDE;
  }

  /** Verbs by resource or path, and names. */
  private static Map<List<String>, Set<String>> summary(RuleListing listing) {
    Map<List<String>, Set<String>> verbs =
        new TreeMap<>(
            (one, other) -> {
              int order = 0;
              for (int i = 0; i < one.size() && order == 0; i++) {
                order = one.get(i).compareTo(other.get(i));
              }
              return order;
            });
    for (PolicyRule rule : listing.resourceRules()) {
      for (String group : rule.apiGroups()) {
        for (String resource : rule.resources()) {
          String name = group.isEmpty() ? resource : withGroup(resource, group);
          List<String> names = rule.resourceNames().isEmpty() ? List.of("") : rule.resourceNames();
          for (String one : names) {
            verbs
                .computeIfAbsent(List.of(name, "", one), row -> new LinkedHashSet<>())
                .addAll(rule.verbs());
          }
        }
      }
    }
    for (PolicyRule rule : listing.nonResourceRules()) {
      for (String path : rule.nonResourceUrls()) {
        verbs
            .computeIfAbsent(List.of("", path, ""), row -> new LinkedHashSet<>())
            .addAll(rule.verbs());
      }
    }
    return verbs;
  }

  /** {@code deployments.apps/scale}, as kubectl writes it. */
  private static String withGroup(String resource, String group) {
    int slash = resource.indexOf('/');
    return slash < 0
        ? resource + "." + group
        : resource.substring(0, slash) + "." + group + resource.substring(slash);
  }

  private void printRows(Map<List<String>, Set<String>> verbs) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<List<String>, Set<String>> entry : verbs.entrySet()) {
      List<String> row = new ArrayList<>(entry.getKey());
      row.add(entry.getValue().contains(PolicyRule.ALL) ? PolicyRule.ALL : words(entry.getValue()));
      rows.add(row);
    }
    print(List.of("RESOURCES", "PATHS", "RESOURCE NAMES", "VERBS"), rows);
  }

  private static String words(Iterable<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(text.isEmpty() ? "" : ",").append(word.isEmpty() ? "\"\"" : word);
    }
    return text.toString();
  }

  private void print(List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    for (List<String> row : rows) {
      List<String> safe = new ArrayList<>();
      for (String cell : row) {
        safe.add(SafeText.ofEscaped(cell));
      }
      lines.add(safe);
    }
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      int end = text.length();
      for (int i = 0; i < widths.length; i++) {
        String cell = line.get(i);
        text.append(cell);
        end = cell.isEmpty() ? end : text.length();
        text.append(" ".repeat(widths[i] - cell.length() + 2));
      }
      text.setLength(end);
      text.append('\n');
    }
    console.out().print(text);
  }
}
