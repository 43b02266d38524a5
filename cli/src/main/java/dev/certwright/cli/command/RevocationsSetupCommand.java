package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.revocation.SetupPlan;
import java.nio.file.Path;
import java.util.List;

/** {@code certwright revocations setup}: prepares an API server, once. */
public final class RevocationsSetupCommand implements Command {
  private static final String MANIFEST = "/etc/kubernetes/manifests/kube-apiserver.yaml";
  private static final String FOLDER = "/etc/kubernetes/certwright";

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
            + " authorizers in the same order. --undo puts the manifest back as it was.",
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
            OptionSpec.flag("undo", "put the manifest back as it was"),
            OptionSpec.flag("dry-run", "show what would be written, and stop"),
            OptionSpec.flag("yes", "do not ask"),
            OutletOptions.OUTLETS),
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
    Path outlets = OutletOptions.file(line, console);
    SetupPlan plan;
    if (line.has("undo")) {
      plan = SetupPlan.undo(manifest, folder);
    } else if (modes != null) {
      plan = SetupPlan.ofModes(List.of(modes.split(",", -1)), folder, outlets);
    } else {
      plan = SetupPlan.ofManifest(manifest, folder, outlets);
    }
    console.out().print(plan.describe());
    if (line.has("dry-run")) {
      console.out().print("nothing was written (--dry-run)\n");
      return ExitCode.OK;
    }
    if (!plan.isChange()) {
      console.out().print("nothing had to be done\n");
      return ExitCode.OK;
    }
    if (!line.has("yes")) {
      if (!console.isErrTerminal()) {
        throw new CommandException(
            ExitCode.USAGE, "nobody can be asked here; nothing was written", "say --yes");
      }
      if (!console.confirm("Write it?")) {
        throw new CommandException(ExitCode.NO, "nothing was written", "");
      }
    }
    plan.apply();
    console.out().print("written\n");
    for (String next : plan.next()) {
      console.hint(next);
    }
    return ExitCode.OK;
  }
}
