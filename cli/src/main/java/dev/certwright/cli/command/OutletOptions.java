package dev.certwright.cli.command;

import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.revocation.Canary;
import dev.certwright.cli.revocation.LoadedQuestion;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.outlet.OutletsFile;
import dev.certwright.x509.SafeText;
import java.nio.file.Path;
import java.util.List;

/** Options that say where revocations are published to. */
final class OutletOptions {
  static final OptionSpec OUTLETS =
      OptionSpec.value(
              "outlets",
              "FILE",
              "file of the outlets (default: outlets.yaml in CERTWRIGHT_HOME, else in"
                  + " ~/.local/state/certwright)")
          .fromEnvironment();
  static final OptionSpec OUTLET =
      OptionSpec.value("outlet", "NAME", "only this outlet (repeatable)").repeated();

  static final OptionSpec CANARY =
      OptionSpec.value(
              "canary",
              "FILE",
              "kubeconfig of the canary (default: canary.kubeconfig beside the outlets file)")
          .fromEnvironment();

  static final OptionSpec ALLOW_OTHER_LEDGER =
      OptionSpec.flag(
          "allow-other-ledger",
          "publish also over what is from another ledger, or from entries that this one does not have:"
              + " whom only those took back is let in again");

  private OutletOptions() {}

  /** The file that is meant. */
  static Path file(CommandLine line, Console console) {
    String named = line.value("outlets");
    return named != null
        ? Path.of(named)
        : LedgerOptions.home(console.environment()).resolve("outlets.yaml");
  }

  /** What processes that publish take turns by. */
  static Path lock(CommandLine line, Console console) {
    return file(line, console).toAbsolutePath().resolveSibling("outlets.lock");
  }

  /** What API servers are asked with. */
  static LoadedQuestion loaded(CommandLine line, Console console) {
    String named = line.value("canary");
    return new LoadedQuestion(
        named == null ? Canary.file(file(line, console)) : Path.of(named), console.environment());
  }

  /** Those that are meant. */
  static Outlets outlets(CommandLine line, Console console) {
    Outlets all =
        OutletsFile.read(
            file(line, console),
            (key, passwordFile) ->
                passwordFile == null
                    ? () -> console.readPassword("password of " + key + ": ")
                    : () -> AuthorityOptions.firstLine(passwordFile));
    List<String> wanted = line.values("outlet");
    for (String name : wanted) {
      if (!all.names().contains(name)) {
        throw new UsageException(
            "there is no outlet \"" + SafeText.of(name) + "\" in " + file(line, console),
            all.isEmpty() ? "" : "there is " + String.join(", ", all.names()));
      }
    }
    return wanted.isEmpty() ? all : all.named(wanted);
  }
}
