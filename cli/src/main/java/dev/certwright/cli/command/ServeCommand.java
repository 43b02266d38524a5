package dev.certwright.cli.command;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.Version;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.serve.AuthenticationOptions;
import dev.certwright.cli.serve.MadeCertificate;
import dev.certwright.cli.serve.OutsideOptions;
import dev.certwright.cli.serve.ServeOptions;
import dev.certwright.revocation.live.LedgerFollower;
import dev.certwright.revocation.live.RestrictionSource;
import dev.certwright.server.CertwrightServer;
import dev.certwright.server.ServerException;
import dev.certwright.server.ServerSettings;
import dev.certwright.server.policy.Manifests;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.x509.key.PortableCryptography;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code certwright serve}: a server that real kubectls and kube-apiservers talk to. */
public final class ServeCommand implements Command {
  private static final String LOG_FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n";

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(ServeOptions.ALL);
    options.addAll(OutsideOptions.ALL);
    options.addAll(AuthorityOptions.ALL);
    options.add(LedgerOptions.LEDGER);
    options.add(OptionSpec.flag("no-ledger", "refuse nobody whose access was taken back"));
    return new CommandSpec(
        "serve",
        "serve reviews, a sandbox or an authorization webhook over mutual TLS",
        "Clients are let in by certificate as kube-apiserver lets them in, and what they may do is"
            + " decided by RBAC manifests as it decides. Files are read again when they change;"
            + " what is broken meanwhile is said and changes nothing.\n\n"
            + "The role review answers kubectl auth whoami, can-i and can-i --list. The role"
            + " sandbox serves the objects of the manifests to kubectl, read-only: a write that is"
            + " authorized is answered by 405, one that is not by 403. The role webhook answers"
            + " SubjectAccessReviews of a kube-apiserver at /authorize, to users whom"
            + " --webhook-allowed-names names or who may post to that path. The role"
            + " authentication-webhook answers its TokenReviews at /authenticate, by"
            + " --token-auth-file, --basic-auth-file, --authentication-config and"
            + " --oidc-issuer-url.\n\n"
            + "With --kubeconfig the policy is that of a live cluster, and its changes are"
            + " followed. Nothing is allowed, and /readyz fails, until all of it was read once.\n\n"
            + "Whoever was taken back with certwright revoke or suspend is refused, in every role and"
            + " whatever rules allow: the ledger is followed while the server runs, and before it"
            + " was read nothing is allowed.\n\n"
            + "Without --tls-cert-file a certificate for loopback is made with the CA and forgotten"
            + " at the end. The address is printed when the server is ready; it runs until it is"
            + " interrupted.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example(
                "certwright serve -f examples/ -f pods.yaml",
                "with the CA in pki/: try roles with a real kubectl"),
            new CommandSpec.Example(
                "certwright serve --role webhook -f rbac/ --webhook-allowed-names kube-apiserver",
                "authorize for a cluster"),
            new CommandSpec.Example(
                "certwright serve --role review --kubeconfig cluster.conf",
                "answer by the policy of a live cluster, also while its API server is away")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    LedgerOptions.refuseBoth(line);
    System.setProperty("java.util.logging.SimpleFormatter.format", LOG_FORMAT);
    String certificate = line.value("tls-cert-file");
    String key = line.value("tls-private-key-file");
    if ((certificate == null) != (key == null)) {
      throw new UsageException(
          "--tls-cert-file and --tls-private-key-file go together", "give both or neither");
    }
    if (certificate != null && key != null) {
      return serve(line, console, new CertificateFiles(Path.of(certificate), Path.of(key)), null);
    }
    AuthorityFiles authority = AuthorityOptions.existing(line);
    try (MadeCertificate made =
        MadeCertificate.sign(
            authority.load(
                new PortableCryptography(),
                AuthorityOptions.password(line, console, authority.key())),
            ServeOptions.address(line).getAddress())) {
      Runtime.getRuntime().addShutdownHook(new Thread(made::close));
      return serve(line, console, made.files(), authority.certificate());
    }
  }

  private static int serve(
      CommandLine line, Console console, CertificateFiles serving, @Nullable Path ownAuthority) {
    String given = line.value("client-ca-file");
    Path clients = given == null ? ownAuthority : Path.of(given);
    if (clients == null) {
      clients = AuthorityOptions.files(line).certificate();
    }
    LedgerFollower follower = FollowedLedger.of(line, console);
    ServerSettings settings =
        ServeOptions.settings(line, console, serving, clients, Version.text())
            .restrictions(follower == null ? RestrictionSource.NONE : follower)
            .build();
    if (settings.authentication().passwordFile() != null) {
      console.warning(AuthenticationOptions.PASSWORD_WARNING);
    }
    try (CertwrightServer server = CertwrightServer.start(settings, standardInput(line, console))) {
      tell(server, settings, console);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (InterruptedException told) {
      return ExitCode.OK;
    } catch (ServerException unusable) {
      throw new CommandException(ExitCode.USAGE, unusable.getMessage(), unusable.hint());
    } catch (IOException failed) {
      throw new CommandException(ExitCode.OUTSIDE, failed.getMessage(), "");
    } finally {
      if (follower != null) {
        follower.close();
      }
    }
  }

  private static byte[] standardInput(CommandLine line, Console console) throws IOException {
    return line.values("filename").contains("-") ? console.in().readAllBytes() : new byte[0];
  }

  private static void tell(CertwrightServer server, ServerSettings settings, Console console) {
    Manifests manifests = server.manifests().manifests();
    if (settings.cluster() != null) {
      console
          .err()
          .print("policy: that of " + settings.cluster().get().address() + ", as it changes\n");
    } else if (manifests != null) {
      for (String warning : manifests.warnings()) {
        console.warning(dev.certwright.x509.SafeText.ofEscaped(warning));
      }
      console
          .err()
          .print(
              "policy: "
                  + manifests.policy().roleCount()
                  + " roles and "
                  + manifests.policy().bindingCount()
                  + " bindings; TLS: "
                  + (server.hasNativeTls() ? "BoringSSL" : "the JDK's")
                  + "\n");
    }
    console.flush();
    if (settings.address().getPort() == 0 || !settings.address().getAddress().isAnyLocalAddress()) {
      console.out().print("serving on " + server.url() + "\n");
    } else {
      console.out().print("serving on all addresses, port " + server.address().getPort() + "\n");
    }
    console.flush();
  }
}
