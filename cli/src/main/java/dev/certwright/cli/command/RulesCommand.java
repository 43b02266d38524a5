package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.access.Asker;
import dev.certwright.cli.access.AskerOptions;
import dev.certwright.cli.access.ClusterScope;
import dev.certwright.cli.access.LineAnswers;
import dev.certwright.cli.access.LoadedPolicy;
import dev.certwright.cli.access.PolicyOptions;
import dev.certwright.cli.access.RuleReport;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.lines.RulesLines;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright rules}: what a SelfSubjectRulesReview would list. */
public final class RulesCommand implements Command {

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(PolicyOptions.ALL);
    options.addAll(AskerOptions.ALL);
    options.add(
        OptionSpec.value("namespace", "NAME", "in this namespace").withLetter('n').orEmpty());
    options.add(OptionSpec.flag("json-lines", "answer questions from standard input"));
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "rules",
        "the rules that somebody has in a namespace, as the API server lists them",
        "Lists what a SelfSubjectRulesReview lists: every rule, once for each binding, those of the"
            + " whole cluster first. can-i --list has the same put together by resource.\n\n"
            + "With --json-lines, questions are read from standard input, one a line:"
            + " {\"id\", \"user\", \"groups\", \"namespace\"}. Each is answered in order by"
            + " {\"id\", \"resourceRules\", \"nonResourceRules\", \"incomplete\", \"evaluationError\"}"
            + " or by {\"id\", \"error\"}. Groups are taken exactly as given.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright rules -n dev -f rbac/ --as-service-account dev:robot -o yaml",
                "what a ServiceAccount has"),
            new CommandSpec.Example(
                "certwright rules --json-lines -f rbac/ < questions.jsonl > answers.jsonl",
                "many at once")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    boolean lines = line.has("json-lines");
    if (lines && (AskerOptions.areGiven(line) || line.has("namespace"))) {
      throw new UsageException(
          "--json-lines takes users and namespaces from its lines", "leave out --as and -n");
    }
    if (lines && line.values("filename").contains("-")) {
      throw new UsageException(
          "standard input cannot be both policy and questions", "give the policy in a file");
    }
    LoadedPolicy loaded =
        PolicyOptions.load(
            line,
            console,
            new ClusterScope(
                lines, line.value("namespace"), !lines && !AskerOptions.areGiven(line)));
    if (lines) {
      return answerLines(loaded, console);
    }
    Asker asker = AskerOptions.asker(line, console);
    asker = asker == null ? loaded.self() : asker;
    if (asker == null) {
      throw new UsageException("it is not said whose rules", "say --as USER or --as-cert FILE");
    }
    return new RuleReport(console, loaded, asker, line.value("namespace", loaded.namespace()))
        .printRules(line.value("output", "table"));
  }

  private static int answerLines(LoadedPolicy loaded, Console console) {
    requireComplete(loaded);
    Policy policy = loaded.policy();
    return LineAnswers.run(console, (in, out) -> new RulesLines(() -> policy).run(in, out));
  }

  /** Lines have no place to say that a policy is not all of it. */
  static void requireComplete(LoadedPolicy loaded) {
    if (!loaded.isComplete()) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "the policy could not be read whole: " + loaded.unread(),
          "read it as somebody who may list it, or give manifests with -f");
    }
  }
}
