package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.Import;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.ledger.Ledger;
import dev.certwright.x509.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** {@code certwright import}: what existed before, and what is in use. */
public final class ImportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "import",
        "take certificates that exist, and audit logs that tell of their use, into the ledger",
        "Takes certificates (PEM or DER), kubeconfigs, the folders of all clients that openssl scripts"
            + " leave, CertificateSigningRequest objects (kubectl get csr -o json), and audit logs of"
            + " kube-apiserver 1.32 or newer, also gzipped. Private keys are never looked at. What is"
            + " known already is not taken twice. A certificate that an audit log shows in use and"
            + " that is not in the ledger is told, and listed as unknown.",
        List.of(new ArgumentSpec("FILE-OR-DIR", "what to take; - for standard input", true, true)),
        List.of(
            OptionSpec.value("cluster", "NAME", "name of the cluster, where a file does not tell")
                .orEmpty(),
            OptionSpec.flag("dry-run", "only say what would be taken"),
            LedgerOptions.LEDGER,
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example("certwright import clients/", "all that a script left there"),
            new CommandSpec.Example(
                "certwright import /var/log/kubernetes/audit.log", "who uses which certificate"),
            new CommandSpec.Example(
                "kubectl get csr -o json | certwright import -", "what the cluster signed")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    for (String name : line.arguments()) {
      if (!name.equals("-") && !Files.exists(Path.of(name))) {
        throw new CommandException(
            ExitCode.USAGE, "\"" + SafeText.of(name) + "\" does not exist", "");
      }
    }
    Import result;
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      result =
          new Import(
              ledger,
              line.value("cluster", ""),
              line.has("dry-run"),
              receipt -> Records.warn(console, ledger, receipt));
      for (String name : line.arguments()) {
        if (name.equals("-")) {
          result.stream("-", console.in());
        } else {
          result.path(Path.of(name));
        }
      }
    }
    String format = line.value("output", "table");
    if (format.equals("table")) {
      result.print(console, Instant.now());
    } else {
      Documents.print(console, format, result.document());
    }
    for (String problem : result.problems()) {
      console.warning("passed over: " + problem);
    }
    return ExitCode.OK;
  }
}
