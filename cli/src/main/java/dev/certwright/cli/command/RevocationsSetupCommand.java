package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.revocation.Canary;
import dev.certwright.cli.revocation.LoadedQuestion;
import dev.certwright.cli.revocation.PublishRun;
import dev.certwright.cli.revocation.SetupCheck;
import dev.certwright.cli.revocation.SetupPlace;
import dev.certwright.cli.revocation.SetupPlan;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.setup.StaticPodManifest;
import dev.certwright.x509.key.PortableCryptography;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code certwright revocations setup}: prepares an API server, once. */
public final class RevocationsSetupCommand implements Command {
  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final String FOLDER = "/etc/kubernetes/certwright";
  private static final String ADMINISTRATOR = "/etc/kubernetes/admin.conf";

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "revocations setup",
        "prepare an API server, once, so that it can refuse certificates",
        "Run it on each control-plane node. From kubeadm's static-pod manifest, or from"
            + " --authorization-mode where there is none, it makes the file of authorizers that"
            + " kube-apiserver reads (--authorization-config, Kubernetes 1.32 or newer), a kubeconfig"
            + " that must be there and is never called, and an outlet in the outlets file. It then"
            + " changes the manifest: that flag in place of --authorization-mode, and the folder"
            + " mounted. The kubelet restarts the API server by it. Nothing else changes: the same"
            + " authorizers in the same order. Where a ledger with entries and the CA's key are"
            + " at hand (beside the manifest's --client-ca-file), or with --ca, a canary is made too. Setup"
            + " then waits for the API server and checks with a real request what it has loaded. --undo puts the manifest"
            + " back as it was.",
        List.of(),
        List.of(
            OptionSpec.value(
                "manifest", "FILE", "the static-pod manifest (default: " + MANIFEST + ")"),
            OptionSpec.value(
                "dir",
                "DIR",
                "folder for the files, the same on the node and for the API server (default: "
                    + FOLDER
                    + ")"),
            OptionSpec.value(
                "authorization-mode",
                "MODES",
                "without a manifest: the API server's flag as it is, such as Node,RBAC"),
            OptionSpec.value(
                "kubeconfig",
                "FILE",
                "of someone who may get the API server's /metrics, to ask it (default: "
                    + ADMINISTRATOR
                    + " if it exists)"),
            AuthorityOptions.CA,
            AuthorityOptions.CA_CERT,
            AuthorityOptions.CA_KEY,
            AuthorityOptions.PASSWORD_FILE,
            OptionSpec.flag("no-wait", "do not wait for the API server to ask it"),
            OptionSpec.flag("undo", "put the manifest back as it was"),
            OptionSpec.flag("dry-run", "show what would be written, and stop"),
            OptionSpec.flag("yes", "do not ask"),
            LedgerOptions.LEDGER,
            OutletOptions.OUTLETS,
            OutletOptions.CANARY),
        List.of(
            new CommandSpec.Example(
                "certwright revocations setup --dry-run", "on a control-plane node of kubeadm"),
            new CommandSpec.Example(
                "certwright revocations setup --authorization-mode Node,RBAC --dir ./files",
                "for an API server that is run another way")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Path folder = Path.of(line.value("dir", FOLDER)).toAbsolutePath().normalize();
    Path manifest = Path.of(line.value("manifest", MANIFEST)).toAbsolutePath();
    String modes = line.value("authorization-mode");
    boolean undo = line.has("undo");
    StaticPodManifest server = modes == null && !undo ? read(manifest) : null;
    SetupPlan plan;
    if (undo) {
      plan = SetupPlan.undo(manifest, folder);
    } else {
      SetupPlace place =
          new SetupPlace(
              folder,
              OutletOptions.file(line, console),
              source(line, console),
              apiServer(line, server));
      plan =
          modes == null
              ? SetupPlan.ofManifest(manifest, place)
              : SetupPlan.ofModes(List.of(modes.split(",", -1)), place);
    }
    console.out().print(plan.describe());
    if (line.has("dry-run")) {
      console.out().print("nothing was written (--dry-run)\n");
      return ExitCode.OK;
    }
    if (plan.isChange()) {
      confirm(line, console);
      plan.apply();
      console.out().print("written\n");
    } else {
      console.out().print("nothing had to be done\n");
    }
    Path authorization = plan.authorization();
    int exitCode =
        authorization == null ? ExitCode.OK : prove(line, console, server, authorization);
    if (plan.isChange()) {
      for (String next : plan.next()) {
        console.hint(next);
      }
    }
    return exitCode;
  }

  private static void confirm(CommandLine line, Console console) {
    if (line.has("yes")) {
      return;
    }
    if (!console.isErrTerminal()) {
      throw new CommandException(
          ExitCode.USAGE, "nobody can be asked here; nothing was written", "say --yes");
    }
    if (!console.confirm("Write it?")) {
      throw new CommandException(ExitCode.NO, "nothing was written", "");
    }
  }

  private static @Nullable StaticPodManifest read(Path manifest) {
    byte[] bytes = new PublishedFile(manifest).read();
    return bytes == null ? null : StaticPodManifest.read(manifest.toString(), bytes);
  }

  /** That another ledger does not publish to what this one prepared. */
  private static SourceLedger source(CommandLine line, Console console) {
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      return SourceLedger.of(ledger.at(1), Head.NONE);
    }
  }

  private static @Nullable ApiServer apiServer(
      CommandLine line, @Nullable StaticPodManifest manifest) {
    String named = line.value("kubeconfig");
    if (named == null && (manifest == null || !Files.isReadable(Path.of(ADMINISTRATOR)))) {
      return null;
    }
    String address = manifest == null ? null : manifest.flag("--advertise-address");
    String port = manifest == null ? null : manifest.flag("--secure-port");
    String kubeconfig = named == null ? ADMINISTRATOR : Path.of(named).toAbsolutePath().toString();
    // The administrator's file may name a load balancer, and this node is meant.
    return address == null
        ? new ApiServer("this-node", kubeconfig, "", "")
        : new ApiServer(
            address,
            kubeconfig,
            "https://"
                + (address.contains(":") ? "[" + address + "]" : address)
                + ":"
                + (port == null ? "6443" : port),
            "");
  }

  /**
   * Who signs the canary; null for nobody. Unless told so, none is made where there is no ledger: a
   * node that gets its list from elsewhere would be named after a ledger of its own by it.
   */
  private static @Nullable AuthorityFiles authority(
      CommandLine line, Console console, @Nullable StaticPodManifest manifest) {
    if (line.has("ca") || line.has("ca-cert") || line.has("ca-key")) {
      return AuthorityOptions.existing(line);
    }
    String trusted = manifest == null ? null : manifest.flag("--client-ca-file");
    if (trusted == null || !trusted.endsWith(".crt") || source(line, console).name().isEmpty()) {
      return null;
    }
    Path key = Path.of(trusted.substring(0, trusted.length() - 3) + "key");
    return Files.isReadable(key) && Files.isReadable(Path.of(trusted))
        ? new AuthorityFiles(Path.of(trusted), key)
        : null;
  }

  /** Makes the canary if there can be one, publishes, and asks the API server. */
  private static int prove(
      CommandLine line, Console console, @Nullable StaticPodManifest manifest, Path authorization) {
    LoadedQuestion loaded = OutletOptions.loaded(line, console);
    Outlets outlets = OutletOptions.outlets(line, console);
    AuthorityFiles files = authority(line, console, manifest);
    if (files != null && !Files.exists(loaded.canary())) {
      CertificateAuthority authority =
          files.load(
              new PortableCryptography(), AuthorityOptions.password(line, console, files.key()));
      try (Ledger ledger = LedgerOptions.ledger(line, console)) {
        Canary.make(authority, ledger, loaded.canary(), Canary.LIFETIME);
        console.out().print("made the canary " + loaded.canary() + "\n");
      }
    }
    int published = publish(line, console, outlets, loaded, authorization);
    return line.has("no-wait")
        ? published
        : Math.max(published, SetupCheck.of(outlets, loaded, console));
  }

  /**
   * A list without those that the ledger knows would be loaded, and nothing would be in force by
   * it. Where the ledger is elsewhere, so is who publishes.
   */
  private static int publish(
      CommandLine line,
      Console console,
      Outlets outlets,
      LoadedQuestion loaded,
      Path authorization) {
    if (source(line, console).name().isEmpty()) {
      return ExitCode.OK;
    }
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      PublishRun run =
          PublishRun.of(
              outlets.withoutApiServers(),
              ledger,
              OutletOptions.lock(line, console),
              loaded,
              false);
      if (run.exitCode() != ExitCode.OK) {
        console.error("prepared, but not all of the list is published");
        run.print(console);
        return run.exitCode();
      }
    }
    for (Outlet outlet : outlets.outlets()) {
      if (outlet.path().toAbsolutePath().normalize().equals(authorization.normalize())) {
        return ExitCode.OK;
      }
    }
    console.error(
        "prepared, but the list is not published: no outlet writes "
            + authorization
            + "; nothing is refused by it that was revoked since");
    return ExitCode.NO;
  }
}
