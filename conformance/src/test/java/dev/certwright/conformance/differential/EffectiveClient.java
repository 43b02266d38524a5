package dev.certwright.conformance.differential;

import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.AuthProvider;
import dev.certwright.kubeconfig.Cluster;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.ExecConfig;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client is configured with, as the oracle's mode {@code kubeconfig} describes it: every
 * field of its answer that is not empty, but {@code tlsError}.
 *
 * <p>{@code apiPath} and {@code timeout} have no place in a kubeconfig, so none is expected. What
 * no half of ours knows and the oracle does not tell: the configuration that a plug-in is handed,
 * and where an auth-provider would keep what it learned.
 */
final class EffectiveClient {
  private EffectiveClient() {}

  /** Ours. Without TLS all that could not be kept secret is left out (KC-14). */
  static YamlMapping of(EffectiveContext context) {
    Cluster cluster = context.cluster();
    AuthInfo user = context.user();
    YamlMapping.Builder client =
        YamlMapping.builder()
            .put("host", ClientUrls.host(cluster.server()))
            .put("proxy", ClientUrls.printed(cluster.proxyUrl()))
            .put("disableCompression", cluster.disableCompression());
    if (!user.impersonate().isEmpty()) {
      client.put("impersonate", impersonation(user));
    }
    if (context.usesTls()) {
      client
          .put("tlsServerName", cluster.tlsServerName())
          .put("insecure", cluster.insecureSkipTlsVerify())
          .put("caFile", cluster.certificateAuthority())
          .put("caData", cluster.certificateAuthorityData().base64());
      addCredentials(client, user);
    }
    return withoutEmpty(client.build());
  }

  /**
   * Upstream's answer in the same form.
   *
   * @param literalToken whether the user has a token beside a token file; else upstream has read
   *     the file already, and what becomes of that is compared where headers are
   */
  static YamlMapping of(YamlMapping upstream, boolean literalToken) {
    YamlMapping.Builder client = YamlMapping.builder();
    for (YamlMapping.Entry field : upstream.entries()) {
      boolean ofFile = field.key().equals("token") && upstream.get("tokenFile") != null;
      if (!field.key().equals("tlsError") && !(ofFile && !literalToken)) {
        client.put(field);
      }
    }
    return withoutEmpty(client.build());
  }

  private static void addCredentials(YamlMapping.Builder client, AuthInfo user) {
    // A key without a certificate is not looked at (KC-11).
    if (!user.clientCertificate().isEmpty() || !user.clientCertificateData().isEmpty()) {
      client
          .put("certFile", user.clientCertificate())
          .put("certData", user.clientCertificateData().base64())
          .put("keyFile", user.clientKey())
          .put("keyData", user.clientKeyData().base64());
    }
    client
        .put("token", user.token())
        .put("tokenFile", user.tokenFile())
        .put("username", user.username())
        .put("password", user.password());
    AuthProvider provider = user.authProvider();
    if (provider != null) {
      client.put("authProvider", provider(provider));
    }
    ExecConfig exec = user.exec();
    if (exec != null) {
      client.put("exec", exec(exec));
    }
  }

  private static YamlMapping impersonation(AuthInfo user) {
    YamlMapping.Builder extra = YamlMapping.builder();
    for (Map.Entry<String, @Nullable List<String>> field : user.impersonateUserExtra().entrySet()) {
      List<String> values = field.getValue();
      if (values != null) {
        extra.put(field.getKey(), YamlSequence.ofStrings(values));
      }
    }
    return YamlMapping.builder()
        .put("UserName", user.impersonate())
        .put("UID", user.impersonateUid())
        .put("Groups", YamlSequence.ofStrings(user.impersonateGroups()))
        .put("Extra", extra.build())
        .build();
  }

  private static YamlMapping provider(AuthProvider provider) {
    YamlMapping.Builder config = YamlMapping.builder();
    Map<String, String> settings = provider.config();
    if (settings != null) {
      settings.forEach(config::put);
    }
    // One without a name and settings is one all the same.
    return YamlMapping.builder().put("name", provider.name()).put("config", config.build()).build();
  }

  private static YamlMapping exec(ExecConfig exec) {
    List<YamlValue> variables = new ArrayList<>();
    List<ExecConfig.EnvVar> env = exec.env();
    if (env != null) {
      for (ExecConfig.EnvVar variable : env) {
        variables.add(
            YamlMapping.builder()
                .put("name", variable.name())
                .put("value", variable.value())
                .build());
      }
    }
    List<String> args = exec.args();
    return YamlMapping.builder()
        .put("apiVersion", exec.apiVersion())
        .put("command", exec.command())
        .put("args", YamlSequence.ofStrings(args == null ? List.of() : args))
        .put("env", YamlSequence.of(variables))
        .put("interactiveMode", exec.interactiveMode())
        .put("provideClusterInfo", exec.provideClusterInfo())
        // Upstream makes it harmless where it is read, we where something is shown.
        .put("installHint", exec.installHint().replace("\u001B", "U+001B"))
        .build();
  }

  /** An empty list, an empty text and none are one for a client; items of lists stay. */
  private static YamlMapping withoutEmpty(YamlMapping mapping) {
    YamlMapping.Builder kept = YamlMapping.builder();
    for (YamlMapping.Entry field : mapping.entries()) {
      YamlValue value =
          field.value() instanceof YamlMapping inner ? withoutEmpty(inner) : field.value();
      // That there is a provider or a plug-in matters, even if nothing is said about it.
      boolean present = field.key().equals("authProvider") || field.key().equals("exec");
      if (present || !isEmpty(value)) {
        kept.put(field.key(), value);
      }
    }
    return kept.build();
  }

  private static boolean isEmpty(YamlValue value) {
    return value instanceof YamlNull
        || value instanceof YamlString text && text.value().isEmpty()
        || value instanceof YamlBoolean flag && !flag.value()
        || value instanceof YamlSequence list && list.values().isEmpty()
        || value instanceof YamlMapping inner && inner.entries().isEmpty();
  }
}
