package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.HeadStatement;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.x509.key.PortableCryptography;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright ledger head}: the end of the chain, to be kept elsewhere. */
public final class LedgerHeadCommand implements Command {

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>();
    options.add(OptionSpec.flag("sign", "sign it with the CA's key"));
    options.addAll(AuthorityOptions.ALL);
    options.add(LedgerOptions.LEDGER);
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "ledger head",
        "print the last entry's number and hash, to be kept elsewhere",
        "Whoever can write the ledger can cut off its end, or write all of it anew. Keep its head where"
            + " they cannot write, and certwright ledger verify --head shows it.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright ledger head --sign -o json", "signed with the CA's key")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Head head;
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      head = ledger.head();
    }
    HeadStatement statement = HeadStatement.plain(head);
    if (line.has("sign")) {
      AuthorityFiles files = AuthorityOptions.existing(line);
      CertificateAuthority authority =
          files.load(
              new PortableCryptography(), AuthorityOptions.password(line, console, files.key()));
      statement = HeadStatement.signed(head, authority);
    }
    String format = line.value("output", "table");
    if (format.equals("table")) {
      Documents.printTable(console, statement.document());
    } else {
      Documents.print(console, format, statement.document());
    }
    return ExitCode.OK;
  }
}
