package dev.certwright.cli.access;

import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.output.Documents;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.NearMiss;
import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints one decision. */
public final class DecisionReport {
  private static final int NEAREST = 5;

  private DecisionReport() {}

  /**
   * Prints as {@code table}, {@code json} or {@code yaml}.
   *
   * @return the exit code that says the same
   */
  public static int print(
      Console console,
      String format,
      Decision decision,
      LoadedPolicy loaded,
      Asker asker,
      boolean explained) {
    if (!format.equals("table")) {
      Documents.print(console, format, ReviewDocuments.access(decision, loaded, asker, explained));
    } else {
      printTable(console, decision, loaded, asker, explained);
    }
    return exitCode(decision, loaded);
  }

  /** 0 allowed, 1 not, 3 if a no may come of what could not be read. */
  public static int exitCode(Decision decision, LoadedPolicy loaded) {
    if (decision.isAllowed()) {
      return ExitCode.OK;
    }
    return loaded.isComplete() ? ExitCode.NO : ExitCode.OUTSIDE;
  }

  private static void printTable(
      Console console, Decision decision, LoadedPolicy loaded, Asker asker, boolean explained) {
    String word =
        decision.isAllowed()
            ? console.good("yes")
            : loaded.isComplete() ? console.bad("no") : console.odd("unknown");
    console.out().print(word + "\n");
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    addAsker(fields, asker);
    fields.put("asked", QuestionOptions.describe(decision.asked()));
    if (!decision.reason().isEmpty()) {
      fields.put("reason", decision.reason());
    }
    if (decision.isBySuperuserGroup()) {
      fields.put("reason", "in " + Identity.SUPERUSER_GROUP + ", whom every authorizer allows all");
    }
    if (explained) {
      fields.put("policy", loaded.description());
      explain(fields, decision);
    }
    if (!loaded.isComplete()) {
      List<String> unread = new ArrayList<>();
      for (String one : loaded.unread()) {
        unread.add(SafeText.ofEscaped(one));
      }
      fields.put("notRead", unread);
    }
    Documents.printTable(console, fields);
  }

  /** User, groups and where they come from. */
  static void addAsker(Map<String, @Nullable Object> fields, Asker asker) {
    Identity user = asker.identity();
    fields.put("user", user.name());
    if (!user.uid().isEmpty()) {
      fields.put("uid", user.uid());
    }
    List<String> groups = new ArrayList<>();
    int own = user.groups().size() - asker.addedGroups().size();
    for (int i = 0; i < user.groups().size(); i++) {
      groups.add(user.groups().get(i) + (i < own ? "" : " (added by the API server)"));
    }
    fields.put("groups", groups);
    if (!asker.source().isEmpty()) {
      fields.put("known", "by the " + asker.source());
    }
  }

  private static void explain(Map<String, @Nullable Object> fields, Decision decision) {
    Grant grant = decision.grant();
    if (grant != null) {
      fields.put(
          "allowedBy",
          List.of(RuleText.rule(grant), RuleText.content(grant.rule()), RuleText.binding(grant)));
    }
    if (decision.isAllowed()) {
      return;
    }
    fields.put("message", decision.forbiddenMessage());
    List<NearMiss> misses = decision.nearMisses();
    List<String> nearest = new ArrayList<>();
    for (int i = 0; i < Math.min(misses.size(), NEAREST); i++) {
      NearMiss miss = misses.get(i);
      nearest.add("is about " + RuleText.difference(miss) + ": " + RuleText.rule(miss.grant()));
      nearest.add("  " + RuleText.content(miss.grant().rule()));
      nearest.add("  " + RuleText.binding(miss.grant()));
    }
    if (misses.size() > NEAREST) {
      nearest.add("and " + (misses.size() - NEAREST) + " more, which -o json lists");
    }
    if (nearest.isEmpty()) {
      nearest.add("nothing that the user or a group has comes near");
    }
    fields.put("nearest", nearest);
    if (!decision.unresolvedRoles().isEmpty()) {
      fields.put("missing", decision.unresolvedRoles());
    }
  }
}
