package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.revocation.IncompleteRevocations;
import dev.certwright.cli.revocation.LineDiff;
import dev.certwright.cli.revocation.PublishRun;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.Standing;
import dev.certwright.x509.SafeText;
import java.time.Instant;
import java.util.List;

/** {@code certwright revocations publish}: outlets brought up to date with the ledger. */
public final class RevocationsPublishCommand implements Command {
  private static final String OTHER = "allow-other-ledger";
  private static final String FORM =
      "The outlets file lists where revocations go (relative paths start at its folder):\n\n"
          + "  apiVersion: certwright.dev/v1alpha1\n"
          + "  kind: RevocationOutlets\n"
          + "  outlets:\n"
          + "  - name: control-plane\n"
          + "    authorizationFile:\n"
          + "      path: /etc/kubernetes/certwright/authorization.yaml\n"
          + "      kubeConfigFile: /etc/kubernetes/certwright/never-called.kubeconfig\n"
          + "      recipients: [{name: cp-2, command: [ssh, cp-2, ...]}]\n"
          + "      apiServers: [{name: cp-1, server: 'https://10.0.0.11:6443'}]\n"
          + "  - name: objects\n"
          + "    admissionPolicy:\n"
          + "      path: policy.yaml\n"
          + "      clusters: [{name: prod, kubeconfig: admin.kubeconfig}]\n"
          + "  - name: nginx\n"
          + "    revocationList: {path: ca.crl, caCert: ca.crt, caKey: ca.key, validDays: 7}\n"
          + "  servers:                  # certwright serve, which follows the ledger by itself\n"
          + "  - {name: webhook, kubeconfig: monitor.kubeconfig}";

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "revocations publish",
        "bring every outlet up to date with the ledger",
        "Writes what the ledger says must be refused to every outlet: equal ledgers give equal files,"
            + " byte for byte (revocation lists but for their time and signature). Certificates that"
            + " have expired leave the list. A file is checked by kube-apiserver's rules and written"
            + " whole; the one before stays beside it as FILE.previous. Each names the ledger it is"
            + " from and the last entry that counts for it: what was published from another ledger, or"
            + " from entries that this one does not have (it is an older copy), is left alone, because"
            + " whom those took back would be let in again.\n\n"
            + FORM,
        List.of(),
        List.of(
            OutletOptions.OUTLET,
            OptionSpec.flag("dry-run", "show what would change as a diff, and stop"),
            OutletOptions.ALLOW_OTHER_LEDGER,
            LedgerOptions.LEDGER,
            OutletOptions.OUTLETS,
            OutletOptions.CANARY,
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example("certwright revocations publish", "all of them, now"),
            new CommandSpec.Example(
                "certwright revocations publish --dry-run", "see first what would change"),
            new CommandSpec.Example(
                "certwright revocations publish --allow-other-ledger --dry-run",
                "after the ledger was lost: whom an older copy would let in again")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Outlets outlets = OutletOptions.outlets(line, console);
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      if (line.has("dry-run")) {
        return dryRun(outlets, ledger, line.has(OTHER), console);
      }
      PublishRun run =
          PublishRun.of(
              outlets,
              ledger,
              OutletOptions.lock(line, console),
              OutletOptions.loaded(line, console),
              line.has(OTHER));
      warnAboutIncomplete(ledger, console);
      String format = line.value("output", "table");
      if (format.equals("table")) {
        console.out().print("published:\n");
        run.print(console);
      } else {
        Documents.print(console, format, run.documents());
      }
      return run.exitCode();
    }
  }

  private static void warnAboutIncomplete(Ledger ledger, Console console) {
    List<String> incomplete = IncompleteRevocations.of(ledger, Instant.now());
    if (!incomplete.isEmpty()) {
      console.warning(IncompleteRevocations.describe(incomplete));
      console.hint(IncompleteRevocations.ADVICE);
    }
  }

  private static int dryRun(Outlets outlets, Ledger ledger, boolean replacingAny, Console console) {
    Standing said = PublishRun.standing(ledger);
    Standing standing = replacingAny ? said.replacingAny() : said;
    int exitCode = ExitCode.OK;
    for (Outlet outlet : outlets.outlets()) {
      Publication publication = Publication.plan(outlet, standing);
      if (!publication.problem().isEmpty()) {
        console.error(SafeText.ofEscaped(outlet.name() + ": " + publication.problem()));
        console.hint(publication.advice());
        exitCode = ExitCode.OUTSIDE;
        continue;
      }
      console
          .out()
          .print(LineDiff.of(outlet.path().toString(), publication.before(), publication.after()));
    }
    return exitCode;
  }
}
