package dev.certwright.cli.command;

import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.Severity;
import dev.certwright.cli.Console;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.key.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code issue} shows: before signing, and after. */
final class IssueReport {
  private final Console console;
  private final IssuancePlan plan;
  private final TargetCluster cluster;
  private final @Nullable KeyType keyType;

  IssueReport(
      Console console, IssuancePlan plan, TargetCluster cluster, @Nullable KeyType keyType) {
    this.console = console;
    this.plan = plan;
    this.cluster = cluster;
    this.keyType = keyType;
  }

  void findings(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() != Severity.FORBIDDEN) {
        console.warning(finding.found() + " [" + finding.rule() + "]");
        console.hint(finding.advice());
      }
    }
  }

  void preview(Instant now) {
    StringBuilder text = new StringBuilder("kube-apiserver will see\n");
    row(text, "user", console.bold(SafeText.of(plan.identity().name())));
    row(text, "groups", groups(plan.identity()));
    if (!plan.identity().uid().isEmpty()) {
      row(text, "uid", SafeText.of(plan.identity().uid()));
    }
    Instant end = plan.validity().notAfter();
    row(
        text,
        "until",
        Times.human(end)
            + " ("
            + Lifetime.describe(Duration.between(now, end.plusMillis(999)))
            + (plan.clippedByAuthority() ? ", because the CA itself ends then" : "")
            + ")");
    console.out().print(text);
  }

  static String groups(Identity identity) {
    StringBuilder text = new StringBuilder();
    boolean authenticated = false;
    for (String group : identity.groups()) {
      if (group.equals(Identity.AUTHENTICATED_GROUP)) {
        authenticated = true;
      } else {
        text.append(text.isEmpty() ? "" : ", ").append(SafeText.of(group));
      }
    }
    if (!authenticated) {
      return text.toString();
    }
    return text.isEmpty()
        ? "none (but system:authenticated)"
        : text + " (plus system:authenticated)";
  }

  void made(Certificate certificate, String folder, Set<String> files, PublicKeyInfo publicKey) {
    StringBuilder text = new StringBuilder();
    text.append("made ").append(console.bold(folder + "/")).append('\n');
    for (String file : files) {
      row(text, file, describe(file, certificate, publicKey));
    }
    text.append("try it: kubectl --kubeconfig ").append(folder).append('/');
    text.append(ClientBundle.KUBECONFIG).append(" auth whoami\n");
    console.out().print(text);
  }

  private String describe(String file, Certificate certificate, PublicKeyInfo publicKey) {
    return switch (file) {
      case ClientBundle.KEY -> "private key, " + publicKey.description() + " (keep it secret)";
      case ClientBundle.REQUEST -> "certificate request";
      case ClientBundle.CERTIFICATE -> certificate.credentialId().value();
      case ClientBundle.CLUSTER_CA -> "CA of the API server";
      default -> "for " + cluster.server();
    };
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append("  ").append(label);
    for (int i = label.length(); i < 11; i++) {
      text.append(' ');
    }
    text.append(' ');
    text.append(value).append('\n');
  }

  void document(
      String format,
      @Nullable Certificate certificate,
      @Nullable String folder,
      Map<String, byte[]> files,
      List<Finding> findings) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("user", plan.identity().name());
    document.put("groups", plan.identity().groups());
    if (!plan.identity().uid().isEmpty()) {
      document.put("uid", plan.identity().uid());
    }
    document.put("subject", plan.subject().toString());
    document.put("notBefore", Times.rfc3339(plan.validity().notBefore()));
    document.put("notAfter", Times.rfc3339(plan.validity().notAfter()));
    document.put("clippedByAuthority", plan.clippedByAuthority());
    document.put("serialNumber", plan.serialNumber().toString());
    document.put("keyType", keyType == null ? "brought with the request" : keyType.flag());
    document.put("server", cluster.server().toString());
    document.put("cluster", cluster.name());
    document.put("dryRun", certificate == null);
    if (certificate != null && folder != null) {
      document.put("fingerprint", HexFormat.of().formatHex(certificate.fingerprint()));
      document.put("credentialId", certificate.credentialId().value());
      document.put("folder", folder);
      Map<String, @Nullable Object> paths = new LinkedHashMap<>();
      for (String file : files.keySet()) {
        paths.put(label(file), folder + "/" + file);
      }
      document.put("files", paths);
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (Finding finding : findings) {
      list.add(Documents.of(finding));
    }
    document.put("findings", list);
    Documents.print(console, format, document);
  }

  private static String label(String file) {
    return switch (file) {
      case ClientBundle.KEY -> "privateKey";
      case ClientBundle.REQUEST -> "certificateRequest";
      case ClientBundle.CERTIFICATE -> "certificate";
      case ClientBundle.CLUSTER_CA -> "clusterCertificateAuthority";
      default -> "kubeconfig";
    };
  }
}
