package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.NewAuthority;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyEncryption;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code certwright ca init}: a client CA of one's own. */
public final class CaInitCommand implements Command {
  private static final int MINIMUM_PASSWORD = 8;

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>();
    options.add(
        OptionSpec.value("name", "NAME", "Common Name of the CA (default: kubernetes-client-ca)"));
    options.add(
        OptionSpec.value("key-type", "TYPE", "kind of key (default: p-256)")
            .withChoices(KeyType.flags()));
    options.add(OptionSpec.value("ttl", "TIME", "how long the CA lives (default: 10y)"));
    options.add(
        OptionSpec.flag(
            "encrypt",
            "encrypt the key; asks for the password unless --ca-password-file gives it"));
    options.addAll(AuthorityOptions.ALL);
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "ca init",
        "make a client CA of your own",
        "Makes a self-signed CA that may sign client certificates and nothing below them (pathLen 0)."
            + " Give its certificate to the API server with --client-ca-file, alone or appended to the"
            + " bundle that is there. Nothing is ever overwritten.\n"
            + "Whoever has ca.key can become anyone on the cluster: keep it offline or encrypted.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright ca init", "pki/ca.crt and pki/ca.key, P-256, 10 years"),
            new CommandSpec.Example(
                "certwright ca init --ca prod-ca --key-type p-384 --encrypt",
                "in another folder, another curve, and with a password"),
            new CommandSpec.Example(
                "certwright ca init --ca-password-file secret.txt",
                "with the password in a file, for scripts")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    AuthorityFiles files = AuthorityOptions.files(line);
    AuthorityOptions.refuseKeyAlone(files, ExitCode.NO);
    files.refuseExisting();
    KeyType type = KeyType.ofFlag(line.value("key-type", KeyType.P_256.flag()));
    if (type == null) {
      throw new IllegalStateException("the parser lets only known key types pass");
    }
    Duration lifetime = NewAuthority.DEFAULT_LIFETIME;
    if (line.has("ttl")) {
      try {
        lifetime = Lifetime.parse(line.value("ttl", ""));
      } catch (IllegalArgumentException wrong) {
        throw new UsageException("--ttl: " + wrong.getMessage(), "");
      }
    }
    String name = line.value("name", "kubernetes-client-ca");
    if (name.isBlank()) {
      throw new UsageException("--name is empty", "kube-apiserver finds CAs by their name");
    }
    char[] password = password(line, console, files.key());
    try {
      SigningKey key =
          (type.isRsa() ? NativeCryptography.orPortable() : new PortableCryptography())
              .generate(type);
      CertificateAuthority authority =
          new NewAuthority(name, lifetime)
              .create(
                  key, new BigInteger(126, new SecureRandom()).add(BigInteger.ONE), Instant.now());
      byte[] pem =
          password == null
              ? key.exportPrivateKey().encodePrivateKeyPem(key.publicKey())
              : KeyEncryption.encryptPem(key.exportPrivateKey(), password);
      for (Path left : files.removeUnfinished()) {
        console.warning(left + " was left by a ca init that was killed, and may hold a key");
        console.hint("remove it");
      }
      files.create(authority, pem);
      Arrays.fill(pem, (byte) 0);
      report(line, console, files, authority.certificate(), password != null);
      return ExitCode.OK;
    } finally {
      if (password != null) {
        Arrays.fill(password, '\0');
      }
    }
  }

  private static char @Nullable [] password(CommandLine line, Console console, Path key) {
    char[] password = null;
    if (line.has("ca-password-file")) {
      password = AuthorityOptions.firstLine(Path.of(line.value("ca-password-file", "")));
    } else if (line.has("encrypt")) {
      password = console.readPassword("password for " + key + ": ");
      if (password == null) {
        throw new UsageException(
            "--encrypt asks for a password, and there is no terminal",
            "give it in a file: --ca-password-file FILE");
      }
      char[] again = console.readPassword("the same again: ");
      if (!Arrays.equals(password, again)) {
        throw new CommandException(ExitCode.NO, "the two passwords differ", "nothing was made");
      }
    }
    if (password != null && password.length < MINIMUM_PASSWORD) {
      throw new CommandException(
          ExitCode.NO,
          "a password of " + password.length + " characters",
          "use " + MINIMUM_PASSWORD + " or more: whoever has the file can try billions");
    }
    return password;
  }

  private static void report(
      CommandLine line,
      Console console,
      AuthorityFiles files,
      Certificate certificate,
      boolean encrypted) {
    String format = line.value("output", "table");
    if (!format.equals("table")) {
      Map<String, @Nullable Object> document = new LinkedHashMap<>();
      document.put("certificate", files.certificate().toString());
      document.put("privateKey", files.key().toString());
      document.put("encrypted", encrypted);
      document.put("subject", certificate.subject().toString());
      document.put("key", certificate.publicKey().description());
      document.put("notAfter", Times.rfc3339(certificate.validity().notAfter()));
      Documents.print(console, format, document);
      return;
    }
    console
        .out()
        .print(
            "made a client CA, "
                + certificate.publicKey().description()
                + ", until "
                + Times.human(certificate.validity().notAfter())
                + "\n"
                + "  "
                + files.certificate()
                + "  give it to the API server: --client-ca-file\n"
                + "  "
                + files.key()
                + "  "
                + (encrypted ? "encrypted; " : "not encrypted; ")
                + "whoever has it can become anyone on the cluster\n"
                + "next: certwright issue USER GROUP --server https://HOST:6443\n");
  }
}
