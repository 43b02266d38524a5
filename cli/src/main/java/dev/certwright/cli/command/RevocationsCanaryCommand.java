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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright revocations canary}: a revoked certificate to be shown to API servers. */
public final class RevocationsCanaryCommand implements Command {
  private static final Duration LIFETIME = Duration.ofDays(90);

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(AuthorityOptions.ALL);
    options.add(LedgerOptions.LEDGER);
    options.add(OutletOptions.OUTLETS);
    return new CommandSpec(
        "revocations canary",
        "make a revoked certificate by which status tells what an API server has loaded",
        "Some API servers do not show their metrics. Status then presents the canary: a certificate"
            + " of a user without groups, which was revoked before its file was written. A server"
            + " that refuses it has loaded a list at least as new. It lies as canary.kubeconfig"
            + " beside the outlets file and is good for 90 days; a newer one takes its place, and"
            + " proves more. It is published at once.",
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
    Path file = Canary.file(OutletOptions.file(line, console));
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      long entry = Canary.make(authority, ledger, file, LIFETIME);
      console.out().print("made " + file + ", revoked by entry " + entry + " of the ledger\n");
      console.out().print("published:\n");
      PublishRun run = PublishRun.of(outlets, ledger, OutletOptions.lock(line, console));
      run.print(console);
      return run.exitCode();
    }
  }
}
