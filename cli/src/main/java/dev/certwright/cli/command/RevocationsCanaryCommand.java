package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.revocation.Canary;
import dev.certwright.cli.revocation.PublishRun;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.x509.key.PortableCryptography;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright revocations canary}: a revoked certificate to be shown to API servers. */
public final class RevocationsCanaryCommand implements Command {
  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(AuthorityOptions.ALL);
    options.add(LedgerOptions.LEDGER);
    options.add(OutletOptions.OUTLETS);
    options.add(OutletOptions.CANARY);
    return new CommandSpec(
        "revocations canary",
        "make a revoked certificate by which API servers tell what they have loaded",
        "An API server older than Kubernetes 1.34 does not tell which list it has loaded, nor does one"
            + " whose metrics you may not see. Such a server is shown the canary: a certificate of a"
            + " user without groups, which was revoked before its file was written. With the refusal"
            + " the server names the list by which it refuses. One canary is enough for all lists and"
            + " servers of this CA. It lies as canary.kubeconfig beside the outlets file and is good"
            + " for 90 days. It is published at once.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright revocations canary --ca /etc/kubernetes/pki",
                "before asking certwright revocations status")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Outlets outlets = OutletOptions.outlets(line, console);
    AuthorityFiles files = AuthorityOptions.existing(line);
    CertificateAuthority authority =
        files.load(
            new PortableCryptography(), AuthorityOptions.password(line, console, files.key()));
    Path file = OutletOptions.loaded(line, console).canary();
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      long entry = Canary.make(authority, ledger, file, Canary.LIFETIME);
      console.out().print("made " + file + ", revoked by entry " + entry + " of the ledger\n");
      console.out().print("published:\n");
      PublishRun run =
          PublishRun.of(
              outlets,
              ledger,
              OutletOptions.lock(line, console),
              OutletOptions.loaded(line, console),
              false);
      run.print(console);
      return run.exitCode();
    }
  }
}
