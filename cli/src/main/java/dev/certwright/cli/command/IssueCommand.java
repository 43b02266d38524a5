package dev.certwright.cli.command;

import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.NameRules;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.x509.key.KeyType;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code certwright issue}: the main job. */
public final class IssueCommand implements Command {
  private static final Pattern SERIAL = Pattern.compile("[0-9]{1,60}|0[xX][0-9a-fA-F]{1,58}");

  private static final List<OptionSpec> OWN =
      List.of(
          OptionSpec.value("uid", "UID", "uid that kube-apiserver (1.33 or newer) will see"),
          OptionSpec.value("ttl", "TIME", "how long it lives: 8h, 30d, 1y (default: 24h)")
              .fromEnvironment(),
          OptionSpec.value("key-type", "TYPE", "kind of key (default: p-256)")
              .withChoices(KeyType.flags())
              .fromEnvironment(),
          OptionSpec.flag(
              "like-the-script", "RSA-4096 and 365 days, as the old openssl scripts do"),
          OptionSpec.value(
              "csr", "FILE", "sign this request; the private key stays where it was made"),
          OptionSpec.value(
              "key-file",
              "FILE",
              "with --csr: path of the key in the kubeconfig, from its folder (default: client.key)"),
          OptionSpec.value(
              "from", "FILE", "issue for many: CSV or JSON lines, - for standard input"),
          OptionSpec.value("out", "DIR", "folder of all clients (default: clients)")
              .fromEnvironment(),
          OptionSpec.flag("no-embed", "let the kubeconfig name its files instead of holding them"),
          OptionSpec.flag("force", "replace what is there; the old files are kept aside"),
          OptionSpec.flag("dry-run", "show what would be made, and stop"),
          OptionSpec.value("serial", "NUMBER", "serial number, decimal or 0x… (default: random)"),
          OptionSpec.value("max-ttl", "TIME", "ceiling for --ttl (default: 400d)"),
          OptionSpec.flag("allow-system-names", "allow names that begin with system:"),
          OptionSpec.flag(
              "allow-system-masters", "allow system:masters, which nobody can take back"),
          OptionSpec.flag("allow-look-alikes", "allow names of mixed scripts"),
          OptionSpec.value("reason", "TEXT", "why, for the ledger"),
          OptionSpec.flag("no-ledger", "do not record it: nobody will find it later"));

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(ClusterOptions.ALL);
    options.addAll(OWN);
    options.addAll(AuthorityOptions.ALL);
    options.add(LedgerOptions.LEDGER);
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "issue",
        "give somebody access: key, request, certificate and kubeconfig",
        "Makes a folder for USER with a private key, a certificate request, a certificate signed by"
            + " the cluster's client CA, and a kubeconfig that kubectl uses as it is. kube-apiserver"
            + " takes USER and each GROUP from the certificate; what they may do is for RBAC to say. Every"
            + " certificate is recorded in the ledger before its files appear.",
        List.of(
            new ArgumentSpec("USER", "becomes the user name (Common Name)", false, false),
            new ArgumentSpec("GROUP", "becomes a group (Organization)", false, true)),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright issue jane devs --server https://10.0.0.1:6443",
                "user jane in group devs, for 24 hours, in clients/jane/"),
            new CommandSpec.Example(
                "certwright issue jane devs --ttl 30d --dry-run", "only show what it would be"),
            new CommandSpec.Example(
                "certwright issue robot ci --csr robot.csr --key-file /etc/robot.key",
                "the robot keeps its key to itself"),
            new CommandSpec.Example(
                "certwright issue --from people.csv --server https://10.0.0.1:6443",
                "one line a person: user,group,group,30d")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    LedgerOptions.refuseBoth(line);
    IssueSettings settings = settings(line);
    if (line.has("from")) {
      if (!line.arguments().isEmpty() || line.has("csr") || line.has("serial") || line.has("uid")) {
        throw new UsageException(
            "--from takes users, groups and uids from the file",
            "leave out USER, GROUP, --csr, --serial and --uid");
      }
      refuseKeyFileAlone(line);
      return new BulkIssue(line, console, settings).run();
    }
    if (line.arguments().isEmpty()) {
      throw new UsageException("certwright issue needs USER", "usage: " + spec().usage());
    }
    if (line.has("csr") && (line.isTyped("key-type") || line.has("like-the-script"))) {
      throw new UsageException(
          "--key-type and --like-the-script choose a key, and --csr brings one",
          "leave one of them out");
    }
    refuseKeyFileAlone(line);
    if (line.has("uid") && line.value("uid", "").isEmpty()) {
      throw new UsageException("--uid is empty", "give UID, or leave it out");
    }
    ClusterOptions.refuseControlCharacters(line, "key-file");
    IssuanceRequest request =
        new IssuanceRequest(
            line.arguments().get(0),
            line.arguments().subList(1, line.arguments().size()),
            line.value("uid", ""),
            settings.lifetime(),
            serial(line.value("serial")));
    return new SingleIssue(line, console, settings, request).run();
  }

  private static void refuseKeyFileAlone(CommandLine line) {
    if (line.has("key-file") && !line.has("csr")) {
      throw new UsageException(
          "--key-file goes with --csr", "without --csr the key is made here and needs no path");
    }
  }

  private static IssueSettings settings(CommandLine line) {
    boolean script = line.has("like-the-script");
    Duration lifetime =
        counts(line, "ttl", script)
            ? lifetime(line, "ttl")
            : script ? Duration.ofDays(365) : IssuancePolicy.DEFAULT_LIFETIME;
    KeyType type =
        counts(line, "key-type", script) ? KeyType.ofFlag(line.value("key-type", "")) : null;
    if (type == null) {
      type = script ? KeyType.RSA_4096 : KeyType.P_256;
    }
    Duration ceiling =
        line.has("max-ttl") ? lifetime(line, "max-ttl") : IssuancePolicy.DEFAULT_MAXIMUM_LIFETIME;
    NameRules names =
        new NameRules(
            line.has("allow-system-names") || line.has("allow-system-masters"),
            line.has("allow-system-masters"),
            line.has("allow-look-alikes"));
    return new IssueSettings(lifetime, type, new IssuancePolicy(names, ceiling));
  }

  /** A form that was typed gives way only to what is typed too. */
  private static boolean counts(CommandLine line, String option, boolean script) {
    return script ? line.isTyped(option) : line.has(option);
  }

  private static Duration lifetime(CommandLine line, String option) {
    try {
      return Lifetime.parse(line.value(option, ""));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(line.source(option) + ": " + wrong.getMessage(), "");
    }
  }

  private static @Nullable BigInteger serial(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      // BigInteger takes signs and the digits of other scripts.
      if (!SERIAL.matcher(text).matches()) {
        throw new NumberFormatException("no number, or too long");
      }
      return text.startsWith("0x") || text.startsWith("0X")
          ? new BigInteger(text.substring(2), 16)
          : new BigInteger(text);
    } catch (NumberFormatException wrong) {
      throw new UsageException(
          "--serial: expected a number such as 4711 or 0x1a2b, found \""
              + dev.certwright.x509.SafeText.of(text)
              + "\"",
          "");
    }
  }
}
