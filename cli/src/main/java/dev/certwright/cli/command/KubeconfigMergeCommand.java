package dev.certwright.cli.command;

import dev.certwright.authority.Finding;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.inspect.SecretFile;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.EntryChange;
import dev.certwright.kubeconfig.EntryKind;
import dev.certwright.kubeconfig.ExecConfig;
import dev.certwright.kubeconfig.FileChange;
import dev.certwright.kubeconfig.KubeconfigConflictException;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.kubeconfig.KubeconfigMerge;
import dev.certwright.kubeconfig.KubeconfigReadOnlyException;
import dev.certwright.kubeconfig.MergePlan;
import dev.certwright.kubeconfig.MergeRequest;
import dev.certwright.x509.SafeText;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code certwright kubeconfig merge}: into an existing file, without harm. */
public final class KubeconfigMergeCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "kubeconfig merge",
        "put a kubeconfig into the one you use, with nothing else changed",
        "Adds the clusters, users and contexts of FILE to the kubeconfig that kubectl would write to"
            + " ($KUBECONFIG, else ~/.kube/config). Comments, order and unknown fields stay. A backup"
            + " is kept.",
        List.of(new ArgumentSpec("FILE", "kubeconfig to put in", true, false)),
        List.of(
            OptionSpec.value("into", "FILE", "the file to put it into; made if it is not there"),
            OptionSpec.flag("replace", "replace entries of the same name and other content"),
            OptionSpec.flag("use", "also make its current context the current one"),
            OptionSpec.flag("dry-run", "show what would change, and stop"),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright kubeconfig merge clients/jane/kubeconfig --use",
                "then kubectl is jane without further options"),
            new CommandSpec.Example(
                "certwright kubeconfig merge clients/jane/kubeconfig --into team.yaml --dry-run",
                "only show what would change in another file")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Path file = Path.of(line.arguments().get(0));
    String into = line.value("into");
    KubeconfigFiles files =
        into == null
            ? KubeconfigFiles.ofEnvironment(console.environment().get("KUBECONFIG"), home(console))
            : KubeconfigFiles.explicit(Path.of(into));
    MergePlan plan;
    try {
      plan =
          KubeconfigMerge.plan(new MergeRequest(file, files, line.has("replace"), line.has("use")));
    } catch (KubeconfigConflictException inTheWay) {
      throw new CommandException(
          ExitCode.NO,
          inTheWay.getMessage(),
          "nothing was changed; say --replace if the new ones are to take their place");
    } catch (KubeconfigReadOnlyException unwritable) {
      throw new CommandException(ExitCode.OUTSIDE, unwritable.getMessage(), "");
    }
    warnAboutPrograms(console, file);
    boolean dryRun = line.has("dry-run");
    List<Path> backups = dryRun ? List.of() : apply(plan);
    warnIfReadable(console, file, plan);
    String format = line.value("output", "table");
    if (format.equals("table")) {
      table(console, plan, backups, dryRun);
    } else {
      Documents.print(console, format, document(plan, backups, dryRun));
    }
    return ExitCode.OK;
  }

  /** All that can go wrong from here is the disk's doing, or another process's. */
  private static List<Path> apply(MergePlan plan) {
    try {
      return plan.apply(Instant.now());
    } catch (KubeconfigException failed) {
      throw new CommandException(ExitCode.OUTSIDE, failed.getMessage(), "");
    }
  }

  /** A kubeconfig from somebody else can run a program with every use of kubectl. */
  private static void warnAboutPrograms(Console console, Path file) {
    for (Map.Entry<String, AuthInfo> user :
        KubeconfigFiles.explicit(file).load().config().users().entrySet()) {
      ExecConfig exec = user.getValue().exec();
      if (exec != null) {
        console.warning(
            "user "
                + SafeText.of(user.getKey())
                + " runs the program "
                + SafeText.of(exec.command())
                + " on this machine whenever kubectl is used as it");
        console.hint("keep it only if you trust where the file came from");
      }
    }
  }

  /** The mode of a file that is there is its owner's business, and kept. */
  private static void warnIfReadable(Console console, Path file, MergePlan plan) {
    Map<String, AuthInfo> users = KubeconfigFiles.explicit(file).load().config().users();
    Set<Path> told = new HashSet<>();
    for (EntryChange change : plan.entries()) {
      AuthInfo user = users.get(change.name());
      if (change.kind() == EntryKind.USER
          && user != null
          && !user.clientKeyData().isEmpty()
          && told.add(change.file())) {
        Finding readable = SecretFile.readableByOthers(change.file());
        if (readable != null) {
          console.warning(readable.found());
          console.hint(readable.advice());
        }
      }
    }
  }

  private static Path home(Console console) {
    String home = console.environment().get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
  }

  private static void table(Console console, MergePlan plan, List<Path> backups, boolean dryRun) {
    StringBuilder text = new StringBuilder();
    for (EntryChange change : plan.entries()) {
      text.append("  ").append(padded(word(change.action(), dryRun), 15));
      text.append(padded(change.kind().name().toLowerCase(Locale.ROOT), 9));
      text.append(SafeText.of(change.name())).append("  in ").append(change.file()).append('\n');
    }
    if (plan.currentContextAfter().equals(plan.currentContextBefore())) {
      text.append("the current context stays ");
      text.append(
          plan.currentContextAfter().isEmpty() ? "unset" : SafeText.of(plan.currentContextAfter()));
    } else {
      text.append("the current context ").append(dryRun ? "would become " : "is now ");
      text.append(SafeText.of(plan.currentContextAfter()));
    }
    text.append('\n');
    for (Path backup : backups) {
      text.append("backup: ").append(backup).append('\n');
    }
    if (!plan.changesAnything()) {
      text.append("nothing had to be changed\n");
    } else if (dryRun) {
      text.append("nothing was changed (--dry-run)\n");
    }
    console.out().print(text);
  }

  private static String word(EntryChange.Action action, boolean dryRun) {
    return switch (action) {
      case ADDED -> dryRun ? "would add" : "added";
      case REPLACED -> dryRun ? "would replace" : "replaced";
      case UNCHANGED -> "already there";
    };
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static Map<String, @Nullable Object> document(
      MergePlan plan, List<Path> backups, boolean dryRun) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("dryRun", dryRun);
    List<@Nullable Object> entries = new ArrayList<>();
    for (EntryChange change : plan.entries()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("kind", change.kind().name().toLowerCase(Locale.ROOT));
      entry.put("name", change.name());
      entry.put("action", change.action().name().toLowerCase(Locale.ROOT));
      entry.put("file", change.file().toString());
      entries.add(entry);
    }
    document.put("entries", entries);
    List<@Nullable Object> files = new ArrayList<>();
    for (FileChange change : plan.files()) {
      files.add(change.file().toString());
    }
    document.put("changedFiles", files);
    List<@Nullable Object> copies = new ArrayList<>();
    for (Path backup : backups) {
      copies.add(backup.toString());
    }
    document.put("backups", copies);
    document.put("currentContext", plan.currentContextAfter());
    return document;
  }
}
