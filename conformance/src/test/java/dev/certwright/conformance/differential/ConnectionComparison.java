package dev.certwright.conformance.differential;

import dev.certwright.cluster.ApiServer;
import dev.certwright.cluster.SentHeaders;
import dev.certwright.cluster.UnusableCredentialsException;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Cluster;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.EmbeddedData;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a connection is made of a context, and what is sent over it (KC-12 to KC-20). */
final class ConnectionComparison {
  private static final String CONTRADICTION =
      "specifying a root certificates file with the insecure flag is not allowed";

  private final KubeconfigScratch scratch;
  private final EffectiveContext effective;
  private final YamlMapping client;
  private final List<Difference> differences = new ArrayList<>();

  ConnectionComparison(KubeconfigScratch scratch, EffectiveContext effective, YamlMapping client) {
    this.scratch = scratch;
    this.effective = effective;
    this.client = client;
  }

  /** Module kubeconfig says a part, module cluster all. */
  List<Difference> differences() {
    // Upstream is not asked where a plug-in would have to be run first.
    if (client.get("exec") != null || client.get("authProvider") != null) {
      return differences;
    }
    String tlsError = Choices.text(client, "tlsError");
    String problem = effective.usesTls() ? effective.tlsProblem() : null;
    if ((problem != null || tlsError.equals(CONTRADICTION)) && !tlsError.equals(problem)) {
      add("tls-problem", String.valueOf(problem), tlsError);
    }
    String ours = refusal(effective);
    if (!tlsError.isEmpty()) {
      if (ours == null) {
        add("tls-accepted", "a connection", tlsError);
      }
      return differences;
    }
    try {
      Map<String, List<String>> theirs = UpstreamHeaders.of(client, scratch::inside);
      if (ours != null) {
        add(stricter(effective), ours, "a connection");
      } else {
        headers(theirs);
      }
    } catch (UpstreamHeaders.Refusal refusal) {
      if (ours == null) {
        add("credentials-accepted", "a connection", String.valueOf(refusal.getMessage()));
      }
    }
    return differences;
  }

  private void add(String kind, String ours, String theirs) {
    differences.add(new Difference(kind, "ours:     " + ours + "\nupstream: " + theirs));
  }

  private void headers(Map<String, List<String>> theirs) {
    Map<String, List<String>> ours = SentHeaders.of(withoutProxy(effective));
    if (!ours.equals(theirs)) {
      add("headers", ours.toString(), theirs.toString());
    }
  }

  /** For each listed kind the context itself must show the reason. */
  private static String stricter(EffectiveContext context) {
    AuthInfo user = context.user();
    if (!ClientUrls.isAddress(context.cluster().server(), context.usesTls())) {
      return "server-refused";
    }
    if (!context.usesTls()) {
      boolean credentials =
          !user.tokenFile().isEmpty()
              || user.token().chars().anyMatch(c -> c < ' ')
              || user.exec() != null
              || user.authProvider() != null;
      return credentials && refusal(withUser(context, AuthInfo.EMPTY)) == null
          ? "unused-credentials-refused"
          : "connection-refused";
    }
    if (isEmptyFile(context.cluster())) {
      return "empty-authority-file";
    }
    if (!user.tokenFile().isEmpty() && !isText(user.tokenFile())) {
      return "token-file-no-text";
    }
    EffectiveContext alone = withUser(context, AuthInfo.EMPTY);
    if (refusal(alone) == null && hasBrokenChain(user)) {
      return "broken-chain-refused";
    }
    EffectiveContext asData = withPairAsData(context);
    return asData != null && refusal(asData) != null && refusal(alone) == null
        ? "pair-of-files-read"
        : "connection-refused";
  }

  private static boolean isEmptyFile(Cluster cluster) {
    return !cluster.certificateAuthority().isEmpty()
        && cluster.certificateAuthorityData().isEmpty()
        && bytes(EmbeddedData.NONE, cluster.certificateAuthority()).length == 0;
  }

  private static boolean isText(String file) {
    try {
      Files.readString(Path.of(file));
      return true;
    } catch (IOException notUtf8) {
      return false;
    }
  }

  /** A leaf that can be read, and behind it a certificate that cannot. */
  private static boolean hasBrokenChain(AuthInfo user) {
    List<PemBlock> chain = new ArrayList<>();
    for (PemBlock block :
        PemScanner.scan(bytes(user.clientCertificateData(), user.clientCertificate()))) {
      if (block.label().equals(PemBlock.CERTIFICATE)) {
        chain.add(block);
      }
    }
    boolean leaf = !chain.isEmpty() && isCertificate(chain.get(0));
    return leaf && !chain.stream().allMatch(ConnectionComparison::isCertificate);
  }

  private static boolean isCertificate(PemBlock block) {
    try {
      Certificate.of(block.bytes());
      return true;
    } catch (X509Exception unreadable) {
      return false;
    }
  }

  private static byte[] bytes(EmbeddedData data, String file) {
    try {
      return data.isEmpty() && !file.isEmpty() ? Files.readAllBytes(Path.of(file)) : data.bytes();
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  /** Why module cluster makes no connection of it, null if it does. */
  static @Nullable String refusal(EffectiveContext effective) {
    try {
      ApiServer.of(withoutProxy(effective), Map.of());
      return null;
    } catch (UnusableCredentialsException e) {
      return e.getMessage();
    }
  }

  /** The way is compared apart, and its name would be looked up. */
  private static EffectiveContext withoutProxy(EffectiveContext context) {
    Cluster cluster = context.cluster();
    return new EffectiveContext(
        context.name(),
        context.clusterName(),
        context.userName(),
        context.namespace(),
        new Cluster(
            cluster.server(),
            cluster.tlsServerName(),
            cluster.insecureSkipTlsVerify(),
            cluster.certificateAuthority(),
            cluster.certificateAuthorityData(),
            "",
            cluster.disableCompression(),
            cluster.extensions(),
            cluster.origin()),
        context.user());
  }

  private static EffectiveContext withUser(EffectiveContext context, AuthInfo user) {
    return new EffectiveContext(
        context.name(),
        context.clusterName(),
        context.userName(),
        context.namespace(),
        context.cluster(),
        user);
  }

  /** With nothing of the user but the pair, not in files; null if it is not one of files. */
  private static @Nullable EffectiveContext withPairAsData(EffectiveContext context) {
    AuthInfo user = context.user();
    if (user.clientCertificate().isEmpty()
        || user.clientKey().isEmpty()
        || !user.clientCertificateData().isEmpty()
        || !user.clientKeyData().isEmpty()) {
      return null;
    }
    AuthInfo pair =
        new AuthInfo(
            "",
            data(user.clientCertificate()),
            "",
            data(user.clientKey()),
            "",
            "",
            "",
            "",
            List.of(),
            Map.of(),
            "",
            "",
            null,
            null,
            AuthInfo.EMPTY.extensions(),
            null);
    return withUser(context, pair);
  }

  /** An empty file is not the same as none. */
  private static EmbeddedData data(String file) {
    byte[] bytes = bytes(EmbeddedData.NONE, file);
    return EmbeddedData.of(bytes.length == 0 ? new byte[] {'\n'} : bytes);
  }
}
