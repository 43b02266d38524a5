package dev.certwright.cli.command;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.verify.FileVerification;
import dev.certwright.cli.verify.LineVerification;
import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code certwright verify}: would an API server with these CAs let it in, as whom, else why not.
 */
public final class VerifyCommand implements Command {
  private static final int LIMIT = BoundedFile.DEFAULT_LIMIT;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "verify",
        "would an API server that trusts these CAs let it in, as whom, and if not, why",
        "Takes certificates and chains (leaf first) in PEM or DER, and kubeconfigs, whose users are"
            + " judged one by one. The answer is kube-apiserver's own, to the last rule: where it is"
            + " stricter or looser than other programs, so is this. Ends with exit code 1 if one of"
            + " them is not let in.\n\n"
            + "With --json-lines, questions are read from standard input, one a line:"
            + " {\"id\",\"roots\":[PEM],\"chain\":[PEM, leaf first],\"time\":RFC 3339,\"anyEKU\":bool}."
            + " Each is answered in order by {\"id\",\"ok\",\"name\",\"groups\",\"uid\","
            + "\"credentialId\",\"stage\",\"error\"}; the groups are those of the certificate alone,"
            + " and the stage of a refusal is roots, tls, verify, identity or noopinion (input if the"
            + " line is no question).",
        List.of(new ArgumentSpec("FILE", "what to judge, - for standard input", false, true)),
        List.of(
            OptionSpec.value("client-ca", "FILE", "CA bundle of the API server (--client-ca-file)")
                .fromEnvironment(),
            OptionSpec.value("at", "TIME", "judge at this time, RFC 3339, instead of now"),
            OptionSpec.flag("json-lines", "answer questions from standard input"),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright verify clients/jane/kubeconfig --client-ca pki/ca.crt",
                "is jane let in?"),
            new CommandSpec.Example(
                "certwright verify jane.crt --client-ca ca.crt --at 2027-01-01T00:00:00Z -o json",
                "will she still be next year?"),
            new CommandSpec.Example(
                "certwright verify --json-lines < questions.jsonl > answers.jsonl",
                "many at once")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    if (line.has("json-lines")) {
      return answerLines(line, console);
    }
    if (line.arguments().isEmpty()) {
      throw new UsageException("no FILE is given", "name a certificate, chain or kubeconfig");
    }
    String bundle = line.value("client-ca");
    if (bundle == null) {
      throw new UsageException(
          "--client-ca is not given", "name the file that the API server has as --client-ca-file");
    }
    FileVerification verification = new FileVerification(anchors(bundle), time(line.value("at")));
    for (String name : line.arguments()) {
      if (name.equals("-")) {
        verification.add("standard input", readInput(console), null);
      } else {
        Path file = Path.of(name);
        verification.add(name, BoundedFile.read(file, LIMIT), file);
      }
    }
    verification.print(console, line.value("output", "table"));
    return verification.allAccepted() ? ExitCode.OK : ExitCode.NO;
  }

  private static int answerLines(CommandLine line, Console console) {
    if (!line.arguments().isEmpty() || line.has("at")) {
      throw new UsageException(
          "--json-lines takes questions from standard input only", "leave out FILE and --at");
    }
    try {
      return new LineVerification(console.out()).run(console.in()) ? ExitCode.OK : ExitCode.USAGE;
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "standard input cannot be read: " + failed.getMessage(), "");
    }
  }

  private static TrustAnchors anchors(String bundle) {
    try {
      return TrustAnchors.ofPem(BoundedFile.read(Path.of(bundle), LIMIT));
    } catch (BundleException unusable) {
      throw new CommandException(
          ExitCode.USAGE,
          bundle + " would not load as a client CA bundle: " + unusable.getMessage(),
          "give the file that the API server has as --client-ca-file, in PEM");
    }
  }

  private static Instant time(@Nullable String text) {
    if (text == null) {
      return Instant.now();
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw new UsageException("--at is no RFC 3339 time", "write it like 2027-01-01T00:00:00Z");
    }
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
