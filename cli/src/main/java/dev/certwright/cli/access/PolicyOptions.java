package dev.certwright.cli.access;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.rbac.Aggregation;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.manifest.DefaultRoles;
import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestFiles;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.rbac.manifest.Problem;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Options that say which policy answers. */
public final class PolicyOptions {
  /** In the order of help. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value(
                  "filename",
                  "FILE",
                  "RBAC manifests: a file, folder, pattern, or - for standard input; repeatable")
              .withLetter('f')
              .repeated(),
          OptionSpec.flag("recursive", "read folders in folders too").withLetter('R'),
          OptionSpec.flag("with-defaults", "add the roles that kube-apiserver makes at its start"),
          OptionSpec.value(
                  "kubernetes-version", "VERSION", "whose defaults (default: the newest known)")
              .withChoices(DefaultRoles.versions()),
          OptionSpec.flag(
              "lenient", "take objects that an API server would refuse, as its authorizer would"),
          OptionSpec.flag("replace", "of objects with the same name take the last"),
          OptionSpec.flag(
              "as-written",
              "take aggregated ClusterRoles as the files have them, not as the controller fills"
                  + " them"));

  private static final int MOST_LINES = 20;

  private PolicyOptions() {}

  /**
   * The policy that the options name.
   *
   * @throws CommandException if it cannot be read, or an API server would not store it
   */
  public static LoadedPolicy load(CommandLine line, Console console) {
    if (!line.has("filename")) {
      throw new UsageException("no policy is given", "name RBAC manifests with -f");
    }
    if (line.has("kubernetes-version") && !line.has("with-defaults")) {
      throw new UsageException(
          "--kubernetes-version chooses among defaults", "say --with-defaults too");
    }
    return ofFiles(line, console);
  }

  private static LoadedPolicy ofFiles(CommandLine line, Console console) {
    ManifestLoader loader =
        (line.has("lenient") ? ManifestLoader.lenient() : ManifestLoader.strict())
            .withDefaultNamespace(LoadedPolicy.DEFAULT_NAMESPACE);
    if (line.has("replace")) {
      loader = loader.replacing();
    }
    for (String argument : line.values("filename")) {
      read(loader, argument, line.has("recursive"), console);
    }
    Manifest manifest = loader.manifest();
    warn(console, manifest.warnings());
    if (!manifest.problems().isEmpty()) {
      throw refused(console, manifest.problems(), line.has("lenient"));
    }
    int own = manifest.objects().size();
    if (line.has("with-defaults")) {
      for (RbacObject object :
          DefaultRoles.of(line.value("kubernetes-version", DefaultRoles.newest()))) {
        loader.addIfAbsent(object);
      }
      manifest = loader.manifest();
    } else if (own == 0) {
      console.warning("no RBAC objects in " + String.join(", ", line.values("filename")));
    }
    Aggregation aggregation = manifest.aggregation();
    boolean asWritten = line.has("as-written");
    warnOfAggregation(console, aggregation, asWritten);
    Policy policy = asWritten ? manifest.policyAsWritten() : manifest.policy();
    return new LoadedPolicy(
        policy, description(policy, manifest), List.of(), LoadedPolicy.DEFAULT_NAMESPACE, null);
  }

  private static void read(
      ManifestLoader loader, String argument, boolean recursive, Console console) {
    try {
      ManifestFiles.read(loader, argument, recursive, console.in());
    } catch (NoSuchFileException vanished) {
      throw new CommandException(ExitCode.USAGE, vanished.getMessage() + " does not exist", "");
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, argument + " cannot be read: " + failed.getMessage(), "");
    }
  }

  private static void warn(Console console, List<Problem> warnings) {
    int shown = Math.min(warnings.size(), MOST_LINES);
    for (int i = 0; i < shown; i++) {
      console.warning(SafeText.ofEscaped(warnings.get(i).toString()));
    }
    if (warnings.size() > shown) {
      console.warning("and " + (warnings.size() - shown) + " more of this kind");
    }
  }

  private static CommandException refused(
      Console console, List<Problem> problems, boolean lenient) {
    int shown = Math.min(problems.size(), MOST_LINES);
    for (int i = 0; i < shown; i++) {
      console.error(SafeText.ofEscaped(problems.get(i).toString()));
    }
    int more = problems.size() - shown;
    return new CommandException(
        ExitCode.USAGE,
        (more > 0 ? "and " + more + " more; " : "")
            + "nothing is decided by objects that an API server would not store",
        lenient
            ? "--replace lets later objects take the place of earlier ones"
            : "mend them; or --lenient takes them as the authorizer would, and --replace lets later"
                + " objects take the place of earlier ones");
  }

  private static void warnOfAggregation(
      Console console, Aggregation aggregation, boolean asWritten) {
    if (!aggregation.settled()) {
      console.warning("some ClusterRoles aggregate each other and never settle");
    }
    int shown = 0;
    for (Aggregation.Change change : aggregation.changes()) {
      if (++shown > MOST_LINES) {
        console.warning(
            "and " + (aggregation.changes().size() - MOST_LINES) + " more of this kind");
        return;
      }
      console.warning(
          SafeText.ofEscaped(
              change.written().origin()
                  + ": "
                  + change.written().describe()
                  + " has "
                  + change.written().rules().size()
                  + " rules in the file and "
                  + change.filled().rules().size()
                  + " by aggregation; taken are those "
                  + (asWritten ? "of the file" : "by aggregation")));
    }
  }

  private static String description(Policy policy, Manifest manifest) {
    int others = 0;
    for (Integer count : manifest.otherKinds().values()) {
      others += count;
    }
    return policy.roleCount()
        + " roles and "
        + policy.bindingCount()
        + " bindings"
        + (others == 0 ? "" : " (" + others + " objects of other kinds left aside)");
  }
}
