package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Verification;
import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code certwright ledger verify}: is everything as it was written. */
public final class LedgerVerifyCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "ledger verify",
        "check that nothing in the ledger was changed, removed or moved",
        "Reads every entry and checks its hash and its link to the one before. What was cut off at the"
            + " end, or a ledger rewritten as a whole, shows only against a head that was kept"
            + " elsewhere (certwright ledger head): give it with --head. If all entries are as they"
            + " were written, also checks that list, show and revoke are answered accordingly: the"
            + " index of a ledger in a file, or the tables in PostgreSQL, against what the entries add"
            + " up to, and whether the index knows entries that the file has lost. Ends with exit code 1"
            + " if anything is not as it was written, with 2 if there is no ledger.",
        List.of(),
        List.of(
            HeadOptions.HEAD,
            HeadOptions.SIGNER,
            OptionSpec.flag("entries-only", "do not check the index or tables"),
            LedgerOptions.LEDGER,
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright ledger verify --head head.json",
                "also against a head kept elsewhere")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Head expected = HeadOptions.head(line);
    Verification result;
    String location;
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      result = ledger.verify(expected);
      location = ledger.location();
      if (result.isIntact() && !line.has("entries-only")) {
        List<Problem> problems = ledger.verifyAccount();
        result = new Verification(result.entries(), result.head(), problems, problems.size());
      }
      if (result.isIntact() && !LedgerOptions.exists(ledger)) {
        throw new CommandException(
            ExitCode.USAGE,
            "there is no ledger to verify: " + SafeText.ofEscaped(location) + " does not exist",
            "name its folder with --ledger DIR");
      }
    }
    String format = line.value("output", "table");
    if (format.equals("table")) {
      table(console, location, result);
    } else {
      Documents.print(console, format, document(location, result));
    }
    return result.isIntact() ? ExitCode.OK : ExitCode.NO;
  }

  private static void table(Console console, String location, Verification result) {
    StringBuilder text = new StringBuilder();
    if (result.isIntact()) {
      text.append(console.good("intact")).append(": ").append(result.entries());
      text.append(" entries in ").append(location).append('\n');
      if (result.entries() > 0) {
        text.append("head: ").append(result.head().hash()).append('\n');
      }
    } else {
      text.append(console.bad("not as it was written")).append(": ");
      text.append(result.problemCount()).append(" problems in ").append(location).append('\n');
      for (Problem problem : result.problems()) {
        text.append("  ");
        if (problem.line() > 0 && problem.kind() != Problem.Kind.TABLES) {
          text.append("line ").append(problem.line()).append(": ");
        }
        text.append(problem.text()).append('\n');
      }
      if (result.problemCount() > result.problems().size()) {
        text.append("  and more\n");
      }
    }
    console.out().print(text);
  }

  private static Map<String, @Nullable Object> document(String location, Verification result) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("ledger", location);
    document.put("intact", result.isIntact());
    document.put("entries", result.entries());
    document.put("head", result.head().hash());
    document.put("problemCount", result.problemCount());
    List<@Nullable Object> problems = new ArrayList<>();
    for (Problem problem : result.problems()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("kind", problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      one.put("line", problem.line());
      one.put("text", problem.text());
      problems.add(one);
    }
    document.put("problems", problems);
    return document;
  }
}
