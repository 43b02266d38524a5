package dev.certwright.cli.access;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cluster.ApiServer;
import dev.certwright.cluster.ClusterPolicy;
import dev.certwright.cluster.RbacReader;
import dev.certwright.cluster.UnexpectedAnswerException;
import dev.certwright.cluster.UnusableCredentialsException;
import dev.certwright.cluster.WhoAmI;
import dev.certwright.identity.Identity;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigFiles;
import java.nio.file.Path;
import java.util.List;

/** The policy of the cluster that the kubeconfig names. */
final class LivePolicy {
  private LivePolicy() {}

  static LoadedPolicy load(CommandLine line, Console console, ClusterScope scope) {
    String file = line.value("kubeconfig");
    KubeconfigFiles files =
        file == null
            ? KubeconfigFiles.ofEnvironment(console.environment().get("KUBECONFIG"), home(console))
            : KubeconfigFiles.explicit(Path.of(file));
    EffectiveContext context = EffectiveContext.of(files.load().config(), line.value("context"));
    if (context.cluster().insecureSkipTlsVerify()) {
      console.warning(
          "insecure-skip-tls-verify: whoever is between here and the server may have answered");
    }
    ApiServer server = server(context, console);
    String namespace = scope.namespace() == null ? context.namespace() : scope.namespace();
    RbacReader reader = new RbacReader(server);
    ClusterPolicy read = scope.everything() ? reader.readAll() : reader.readFor(namespace);
    Asker self =
        scope.self() ? new Asker(self(server), List.of(), "API server, which was asked") : null;
    String description =
        Counts.of(read.policy())
            + " of "
            + server.address()
            + (scope.everything() || namespace.isEmpty()
                ? ""
                : ", those of namespace " + namespace + " and of the cluster");
    return new LoadedPolicy(read.policy(), description, read.unread(), context.namespace(), self);
  }

  private static ApiServer server(EffectiveContext context, Console console) {
    try {
      return ApiServer.of(context, console.environment());
    } catch (UnusableCredentialsException unusable) {
      String hint = unusable.hint();
      throw new UnusableCredentialsException(
          String.valueOf(unusable.getMessage()),
          hint.isEmpty() ? "give manifests with -f" : hint + ", or give manifests with -f",
          unusable);
    }
  }

  private static Identity self(ApiServer server) {
    try {
      return WhoAmI.ask(server);
    } catch (UnexpectedAnswerException unanswered) {
      throw new CommandException(
          ExitCode.OUTSIDE, unanswered.getMessage(), "say --as USER or --as-cert FILE");
    }
  }

  private static Path home(Console console) {
    String home = console.environment().get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
  }
}
