package dev.certwright.cli.command;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.account.HeadStatement;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.ledger.Head;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Options that name a head of the ledger that was kept elsewhere. */
final class HeadOptions {
  static final OptionSpec HEAD = OptionSpec.value("head", "FILE", "a head that was kept elsewhere");
  static final OptionSpec SIGNER =
      OptionSpec.value("signer", "FILE", "certificate of the CA that must have signed that head");
  private static final int LARGEST = 1 << 20;

  private HeadOptions() {}

  /**
   * The head; null if none is named.
   *
   * @throws dev.certwright.cli.CommandException if it cannot be read, or is not signed as it must
   */
  static @Nullable Head head(CommandLine line) {
    String file = line.value(HEAD.name());
    String signer = line.value(SIGNER.name());
    if (file == null) {
      if (signer != null) {
        throw new UsageException("--signer is of a head", "say --head FILE too");
      }
      return null;
    }
    HeadStatement statement = HeadStatement.read(file, BoundedFile.read(Path.of(file), LARGEST));
    if (signer != null) {
      statement.requireSignedBy(AuthorityFiles.readCertificates(Path.of(signer)));
    }
    return statement.head();
  }
}
