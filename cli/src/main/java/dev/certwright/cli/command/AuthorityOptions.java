package dev.certwright.cli.command;

import dev.certwright.authority.Finding;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.inspect.SecretFile;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.x509.key.PasswordSource;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Options that say which CA is meant and how its key opens. */
final class AuthorityOptions {
  static final OptionSpec CA =
      OptionSpec.value(
              "ca",
              "DIR",
              "folder with ca.crt and ca.key (default: /etc/kubernetes/pki if it exists, else pki)")
          .fromEnvironment();
  static final OptionSpec CA_CERT =
      OptionSpec.value("ca-cert", "FILE", "the CA's certificate or bundle, in place of --ca")
          .fromEnvironment();
  static final OptionSpec CA_KEY =
      OptionSpec.value("ca-key", "FILE", "the CA's private key, in place of --ca")
          .fromEnvironment();
  static final OptionSpec PASSWORD_FILE =
      OptionSpec.value(
              "ca-password-file",
              "FILE",
              "file whose first line opens the CA's key (default: asked on the terminal)")
          .fromEnvironment();

  static final List<OptionSpec> ALL = List.of(CA, CA_CERT, CA_KEY, PASSWORD_FILE);

  private static final Path KUBEADM = Path.of("/etc/kubernetes/pki");
  private static final int PASSWORD_LIMIT = 4096;

  private AuthorityOptions() {}

  /**
   * Where the CA lies, or would lie. A folder, or a certificate and a key, is one choice: the first
   * source that says anything of it decides alone.
   */
  static AuthorityFiles files(CommandLine line) {
    List<String> named = line.deciding("ca", "ca-cert", "ca-key");
    if (named.isEmpty()) {
      return AuthorityFiles.in(Files.isDirectory(KUBEADM) ? KUBEADM : Path.of("pki"));
    }
    String first = named.get(0);
    if (named.size() == 1) {
      if (first.equals("ca")) {
        return AuthorityFiles.in(Path.of(line.value("ca", "")));
      }
      throw new UsageException(
          "--ca-cert and --ca-key go together, found " + line.source(first) + " alone",
          "give both, or --ca DIR in place of both");
    }
    if (first.equals("ca")) {
      throw new UsageException(
          "two CAs are named, by " + line.source(first) + " and by " + line.source(named.get(1)),
          "give --ca DIR, or --ca-cert and --ca-key in place of it");
    }
    return new AuthorityFiles(
        Path.of(line.value("ca-cert", "")), Path.of(line.value("ca-key", "")));
  }

  /**
   * The same, of a CA that must be there.
   *
   * @throws CommandException if there is none, saying how to get one
   */
  static AuthorityFiles existing(CommandLine line) {
    AuthorityFiles files = files(line);
    refuseKeyAlone(files, ExitCode.USAGE);
    for (Path file : List.of(files.certificate(), files.key())) {
      if (!Files.exists(file)) {
        throw new CommandException(
            ExitCode.USAGE,
            "there is no CA here: " + file + " does not exist",
            "make one with certwright ca init, or name yours with --ca DIR");
      }
    }
    return files;
  }

  /**
   * A key without its certificate is no CA, and in the way of a new one: what is to be done about
   * it is the same, whatever was asked for.
   */
  static void refuseKeyAlone(AuthorityFiles files, int exitCode) {
    if (files.isKeyAlone()) {
      throw new CommandException(
          exitCode,
          files.key()
              + " is there without "
              + files.certificate().getFileName()
              + ", as after a certwright ca init that was killed; nothing was changed",
          "move it away, and make a CA with certwright ca init; put its certificate back beside it,"
              + " if it had one; or name another CA with --ca DIR");
    }
  }

  /** Whoever reads the key can sign for anybody. */
  static void warnIfReadable(AuthorityFiles files, Console console) {
    Finding readable = SecretFile.readableByOthers(files.key());
    if (readable != null) {
      console.warning(readable.found());
      console.hint(readable.advice());
    }
  }

  /** Where the password comes from, should the key be encrypted. */
  static PasswordSource password(CommandLine line, Console console, Path key) {
    String file = line.value("ca-password-file");
    if (file != null) {
      return () -> firstLine(Path.of(file));
    }
    return () -> console.readPassword("password of " + key + ": ");
  }

  /** The first line of a file as UTF-8, wiped from memory but for the result. */
  static char[] firstLine(Path file) {
    byte[] bytes = BoundedFile.read(file, PASSWORD_LIMIT);
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
      length++;
    }
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
    char[] password = new char[decoded.remaining()];
    decoded.get(password);
    Arrays.fill(bytes, (byte) 0);
    if (decoded.hasArray()) {
      Arrays.fill(decoded.array(), '\0');
    }
    if (password.length == 0) {
      throw new CommandException(
          ExitCode.USAGE, "the first line of " + file + " is empty", "write the password there");
    }
    return password;
  }
}
