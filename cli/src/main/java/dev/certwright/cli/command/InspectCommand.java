package dev.certwright.cli.command;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.authority.file.FileAccessException;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.inspect.FileInspection;
import dev.certwright.cli.inspect.Item;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Findings;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code certwright inspect}: what is this, whom will kube-apiserver see, what is odd about it. */
public final class InspectCommand implements Command {
  private static final int LIMIT = BoundedFile.DEFAULT_LIMIT;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "inspect",
        "what a certificate, request, key or kubeconfig is, whom it makes you, what is odd about it",
        "Takes certificates, requests, private keys (which are never printed), bundles and"
            + " kubeconfigs; PEM or DER. Ends with exit code 1 if something is wrong with one of them.",
        List.of(new ArgumentSpec("FILE", "what to look at, - for standard input", true, true)),
        List.of(
            OptionSpec.value(
                    "client-ca",
                    "FILE",
                    "CA bundle of the API server: was it signed by one of them?")
                .fromEnvironment(),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright inspect clients/jane/kubeconfig", "all users in it"),
            new CommandSpec.Example(
                "certwright inspect jane.crt --client-ca /etc/kubernetes/pki/ca.crt -o json",
                "would that CA have signed it?"),
            new CommandSpec.Example(
                "openssl s_client -connect HOST:6443 </dev/null | certwright inspect -",
                "what a server shows")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    List<Certificate> authorities = new ArrayList<>();
    String clientAuthority = line.value("client-ca");
    if (clientAuthority != null) {
      authorities.addAll(AuthorityFiles.readCertificates(Path.of(clientAuthority)));
    }
    FileInspection inspection = new FileInspection(Instant.now(), authorities);
    List<Item> items = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (String name : line.arguments()) {
      try {
        if (name.equals("-")) {
          items.addAll(inspection.inspect("standard input", readInput(console), null));
        } else {
          Path file = Path.of(name);
          items.addAll(inspection.inspect(name, BoundedFile.read(file, LIMIT), file));
        }
      } catch (CommandException | AuthorityException unreadable) {
        if (line.arguments().size() == 1) {
          throw unreadable;
        }
        failures.add(unreadable);
      }
    }
    Severity worst = Severity.NOTE;
    List<@Nullable Object> documents = new ArrayList<>();
    String format = line.value("output", "table");
    for (Item item : items) {
      Severity own = Findings.worst(item.findings());
      worst = own.compareTo(worst) > 0 ? own : worst;
      if (format.equals("table")) {
        console.out().print(console.bold(item.kind()) + " (" + item.where() + ")\n");
        Documents.printTable(console, item.fields());
        Findings.print(console, item.findings());
      } else {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("kind", item.kind());
        document.put("source", item.where());
        document.putAll(item.fields());
        document.put("findings", Documents.ofAll(item.findings()));
        documents.add(document);
      }
    }
    if (!format.equals("table")) {
      Documents.print(console, format, documents);
    }
    int exitCode = worst == Severity.NOTE ? ExitCode.OK : ExitCode.NO;
    for (RuntimeException failure : failures) {
      console.error(failure.getMessage());
      exitCode =
          Math.max(
              exitCode,
              failure instanceof CommandException stopped
                  ? stopped.exitCode()
                  : failure instanceof FileAccessException ? ExitCode.OUTSIDE : ExitCode.USAGE);
    }
    return exitCode;
  }

  private static byte[] readInput(Console console) {
    try {
      return BoundedFile.read(console.in(), "standard input", LIMIT);
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "standard input cannot be read: " + failed.getMessage(), "");
    }
  }
}
