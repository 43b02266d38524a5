package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.access.Asker;
import dev.certwright.cli.access.AskerOptions;
import dev.certwright.cli.access.DecisionReport;
import dev.certwright.cli.access.LoadedPolicy;
import dev.certwright.cli.access.PolicyOptions;
import dev.certwright.cli.access.QuestionOptions;
import dev.certwright.cli.access.RuleReport;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.lines.CanILines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright can-i}: may they, by which rule, and if not, what is missing. */
public final class CanICommand implements Command {

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(PolicyOptions.ALL);
    options.addAll(AskerOptions.ALL);
    options.addAll(QuestionOptions.ALL);
    options.add(OptionSpec.flag("explain", "say by which rule, or what comes nearest"));
    options.add(OptionSpec.flag("list", "list all that may be done"));
    options.add(OptionSpec.flag("json-lines", "answer questions from standard input"));
    options.add(OptionSpec.flag("quiet", "only end with the exit code").withLetter('q'));
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "can-i",
        "may they do it, by which rule, and if not, what is missing",
        "Decides as kube-apiserver does. RESOURCE is a plural, singular or short name, alone or with"
            + " its API group (deployments.apps), and with a subresource behind a slash (pods/exec)."
            + " What a server would be asked about names is taken from a list of the usual resources"
            + " and from the rules. * is all resources of all groups, *.apps those of one. A path"
            + " begins with a slash. The namespace is \"default\" unless -n or -A says otherwise;"
            + " objects of the cluster have none. Groups that the API server adds are added, and"
            + " shown.\n\n"
            + "Ends with 0 for yes, 1 for no, and 3 if it is no as far as the policy could be"
            + " read.\n\n"
            + "With --json-lines, questions are read from standard input, one a line:"
            + " {\"id\",\"user\",\"uid\",\"groups\",\"extra\",\"verb\",\"namespace\",\"apiGroup\","
            + "\"apiVersion\",\"resource\",\"subresource\",\"name\",\"path\",\"isResourceRequest\"}."
            + " Each is answered in order by {\"id\",\"decision\",\"reason\"}, where the decision is"
            + " allow or noOpinion, or by {\"id\",\"error\"}. Groups are taken exactly as given.",
        List.of(
            new ArgumentSpec("VERB", "get, list, create, ... or *", false, false),
            new ArgumentSpec("RESOURCE", "RESOURCE[.GROUP][/SUBRESOURCE], or /path", false, false),
            new ArgumentSpec("NAME", "of one object", false, false)),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright can-i delete pods -n dev -f rbac/ --as jane --as-group devs --explain",
                "by which rule, or why not?"),
            new CommandSpec.Example(
                "certwright can-i --list -n dev -f rbac/ --with-defaults --as-cert jane.crt",
                "all that a certificate gives"),
            new CommandSpec.Example(
                "certwright can-i --request \"GET /api/v1/nodes?watch=1\" -f rbac/ --as jane",
                "what does this request need?"),
            new CommandSpec.Example(
                "certwright can-i --json-lines -f rbac/ < questions.jsonl > answers.jsonl",
                "many at once")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    checkForms(line);
    LoadedPolicy loaded = PolicyOptions.load(line, console);
    if (line.has("json-lines")) {
      return answerLines(loaded, console);
    }
    Asker asker = AskerOptions.asker(line, console);
    asker = asker == null ? loaded.self() : asker;
    if (asker == null) {
      throw new UsageException("it is not said who asks", "say --as USER or --as-cert FILE");
    }
    String format = line.value("output", "table");
    if (line.has("list")) {
      String namespace = QuestionOptions.namespace(line, loaded);
      return new RuleReport(console, loaded, asker, namespace)
          .printSummary(format, line.has("explain"));
    }
    Decision decision =
        loaded.policy().decide(QuestionOptions.question(line, asker.identity(), loaded, console));
    return line.has("quiet")
        ? DecisionReport.exitCode(decision, loaded)
        : DecisionReport.print(console, format, decision, loaded, asker, line.has("explain"));
  }

  private static void checkForms(CommandLine line) {
    int forms = line.arguments().isEmpty() ? 0 : 1;
    for (String form : List.of("list", "json-lines", "request")) {
      forms += line.has(form) ? 1 : 0;
    }
    if (forms != 1) {
      throw new UsageException(
          forms == 0 ? "it is not said what is asked" : "several things are asked at once",
          "give VERB and RESOURCE, VERB and /path, --list, --request or --json-lines");
    }
    if (line.has("json-lines")
        && (AskerOptions.areGiven(line) || line.has("namespace") || line.has("explain"))) {
      throw new UsageException(
          "--json-lines takes users and namespaces from its lines",
          "leave out --as, -n and --explain");
    }
    if (line.has("json-lines") && line.values("filename").contains("-")) {
      throw new UsageException(
          "standard input cannot be both policy and questions", "give the policy in a file");
    }
  }

  private static int answerLines(LoadedPolicy loaded, Console console) {
    RulesCommand.requireComplete(loaded);
    Policy policy = loaded.policy();
    try {
      return new CanILines(() -> policy).run(console.in(), console.out()).refused() == 0
          ? ExitCode.OK
          : ExitCode.USAGE;
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "standard input cannot be read: " + failed.getMessage(), "");
    }
  }
}
