package dev.certwright.cli.command;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.access.WhoAmIReport;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cluster.ApiServer;
import dev.certwright.cluster.ClusterException;
import dev.certwright.cluster.UnexpectedAnswerException;
import dev.certwright.cluster.UnusableCredentialsException;
import dev.certwright.cluster.WhoAmI;
import dev.certwright.identity.Identity;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code certwright whoami}: whom a kubeconfig makes its holder. */
public final class WhoAmICommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "whoami",
        "whom a kubeconfig makes you: by what is in it, and by what the server says",
        "Reads the certificate of the current context's user, or says what else it shows (a token"
            + " or password is never printed), then asks the server with a SelfSubjectReview,"
            + " which stores nothing, and explains what differs.\n\n"
            + "Ends with exit code 1 if the server takes you for somebody else than the kubeconfig"
            + " says, and 3 if the server could not be asked or refuses the credential.",
        List.of(),
        List.of(
            OptionSpec.value("kubeconfig", "FILE", "the kubeconfig, in place of KUBECONFIG"),
            OptionSpec.value("context", "NAME", "another context than the current one"),
            OptionSpec.flag("local", "do not ask the server"),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example("certwright whoami", "by the current context"),
            new CommandSpec.Example(
                "certwright whoami --kubeconfig clients/jane/kubeconfig --local",
                "without asking the server")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    String file = line.value("kubeconfig");
    KubeconfigFiles files =
        file == null
            ? KubeconfigFiles.ofEnvironment(console.environment().get("KUBECONFIG"), home(console))
            : KubeconfigFiles.explicit(Path.of(file));
    EffectiveContext context = EffectiveContext.of(files.load().config(), line.value("context"));
    AuthInfo user = context.user();
    Identity local = certificate(user);
    Identity answer = null;
    ClusterException failure = null;
    if (!line.has("local")) {
      try {
        answer = WhoAmI.ask(ApiServer.of(context, console.environment()));
      } catch (ClusterException unanswered) {
        failure = unanswered;
      }
    }
    WhoAmIReport report = new WhoAmIReport(credential(user), local, user.impersonate(), answer);
    print(line.value("output", "table"), context, report, console);
    if (failure != null) {
      console.flush();
      throw new CommandException(
          ExitCode.OUTSIDE, String.valueOf(failure.getMessage()), hint(failure, user));
    }
    return report.isAnother() ? ExitCode.NO : ExitCode.OK;
  }

  private static String hint(ClusterException failure, AuthInfo user) {
    if (failure instanceof UnusableCredentialsException && user.exec() != null) {
      return failure.hint() + "; kubectl auth whoami runs the program";
    }
    if (!(failure instanceof UnexpectedAnswerException answer) || !answer.hint().isEmpty()) {
      return failure.hint();
    }
    return switch (answer.status()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the server does not take the credential: has it expired, or is it for another server?";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          user.impersonate().isEmpty()
              ? "the ClusterRoleBinding system:basic-user lets everybody ask who is not anonymous;"
                  + " if the server names system:anonymous, the credential did not reach it"
              : "to act as somebody else needs the verb impersonate in a role";
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "servers before 1.28 cannot say; is it a Kubernetes API server?";
      default -> "is it a Kubernetes API server?";
    };
  }

  private static void print(
      String format, EffectiveContext context, WhoAmIReport report, Console console) {
    if (!format.equals("table")) {
      Documents.print(console, format, report.document());
      return;
    }
    Identity local = report.local();
    Identity server = report.server();
    console
        .out()
        .print(
            "by the kubeconfig (user "
                + SafeText.of(context.userName())
                + "): "
                + SafeText.of(report.credential())
                + "\n");
    if (local != null) {
      Documents.printTable(console, WhoAmIReport.fields(local));
    } else {
      console.out().print("  whom that makes you, only the server knows\n");
    }
    if (server != null) {
      console.out().print("by the server " + SafeText.of(context.cluster().server()) + "\n");
      Documents.printTable(console, WhoAmIReport.fields(server));
      if (local != null && report.actsAs().isEmpty() && report.differences().isEmpty()) {
        console.out().print("both say the same\n");
      }
    }
    for (String difference : report.differences()) {
      console.out().print("differs: " + SafeText.of(difference) + "\n");
    }
  }

  private static Path home(Console console) {
    String home = console.environment().get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
  }

  /** What the user shows; no secret. */
  private static String credential(AuthInfo user) {
    StringBuilder text = new StringBuilder();
    if (!user.clientCertificate().isEmpty() || !user.clientCertificateData().isEmpty()) {
      append(text, "a client certificate");
    }
    if (!user.tokenFile().isEmpty()) {
      append(text, "a token in " + user.tokenFile());
    } else if (!user.token().isEmpty()) {
      append(text, "a token");
    } else if (!user.username().isEmpty()) {
      append(text, "the password of " + user.username());
    }
    if (user.exec() != null) {
      append(text, "what another program gives (exec)");
    }
    if (user.authProvider() != null) {
      append(text, "an auth-provider, which no client knows any more");
    }
    if (text.length() == 0) {
      append(text, "nothing");
    }
    if (!user.impersonate().isEmpty()) {
      text.append(", to act as ").append(user.impersonate());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String credential) {
    text.append(text.length() == 0 ? "" : ", then ").append(credential);
  }

  private static @Nullable Identity certificate(AuthInfo user) {
    byte[] pem;
    if (!user.clientCertificateData().isEmpty()) {
      pem = user.clientCertificateData().bytes();
    } else if (!user.clientCertificate().isEmpty()) {
      pem = BoundedFile.read(Path.of(user.clientCertificate()), BoundedFile.DEFAULT_LIMIT);
    } else {
      return null;
    }
    try {
      for (PemBlock block : PemReader.read(pem)) {
        if (block.label().equals(PemBlock.CERTIFICATE)) {
          return SubjectIdentity.of(Certificate.of(block.bytes())).identity();
        }
      }
    } catch (X509Exception damaged) {
      throw new CommandException(
          ExitCode.USAGE,
          "the client certificate of the kubeconfig cannot be read: " + damaged.getMessage(),
          "");
    }
    return null;
  }
}
