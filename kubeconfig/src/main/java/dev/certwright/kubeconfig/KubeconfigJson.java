package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A configuration in the v1 form that upstream writes: empty fields left out where it does so. */
final class KubeconfigJson {
  private KubeconfigJson() {}

  static YamlMapping of(Kubeconfig config) {
    YamlMapping.Builder json = YamlMapping.builder().put("kind", "Config").put("apiVersion", "v1");
    YamlMapping.Builder preferences = YamlMapping.builder();
    putTrue(preferences, "colors", config.preferences().colors());
    putExtensions(preferences, config.preferences().extensions());
    YamlMapping settings = preferences.build();
    if (settings.size() > 0) {
      json.put("preferences", settings);
    }
    json.put("clusters", list(config.clusters(), "cluster", KubeconfigJson::of));
    json.put("users", list(config.users(), "user", KubeconfigJson::of));
    json.put("contexts", list(config.contexts(), "context", KubeconfigJson::of));
    json.put("current-context", config.currentContext());
    putExtensions(json, config.extensions());
    return json.build();
  }

  static YamlMapping of(Cluster cluster) {
    YamlMapping.Builder json = YamlMapping.builder().put("server", cluster.server());
    putText(json, "tls-server-name", cluster.tlsServerName());
    putTrue(json, "insecure-skip-tls-verify", cluster.insecureSkipTlsVerify());
    putText(json, "certificate-authority", cluster.certificateAuthority());
    putText(json, "certificate-authority-data", cluster.certificateAuthorityData().base64());
    putText(json, "proxy-url", cluster.proxyUrl());
    putTrue(json, "disable-compression", cluster.disableCompression());
    putExtensions(json, cluster.extensions());
    return json.build();
  }

  static YamlMapping of(AuthInfo user) {
    YamlMapping.Builder json = YamlMapping.builder();
    putText(json, "client-certificate", user.clientCertificate());
    putText(json, "client-certificate-data", user.clientCertificateData().base64());
    putText(json, "client-key", user.clientKey());
    putText(json, "client-key-data", user.clientKeyData().base64());
    putText(json, "token", user.token());
    putText(json, "tokenFile", user.tokenFile());
    putText(json, "as", user.impersonate());
    putText(json, "as-uid", user.impersonateUid());
    if (!user.impersonateGroups().isEmpty()) {
      json.put("as-groups", YamlSequence.ofStrings(user.impersonateGroups()));
    }
    if (!user.impersonateUserExtra().isEmpty()) {
      YamlMapping.Builder extra = YamlMapping.builder();
      user.impersonateUserExtra()
          .forEach(
              (key, values) ->
                  extra.put(key, values == null ? YamlNull.of() : YamlSequence.ofStrings(values)));
      json.put("as-user-extra", extra.build());
    }
    putText(json, "username", user.username());
    putText(json, "password", user.password());
    AuthProvider authProvider = user.authProvider();
    if (authProvider != null) {
      json.put("auth-provider", of(authProvider));
    }
    ExecConfig exec = user.exec();
    if (exec != null) {
      json.put("exec", of(exec));
    }
    putExtensions(json, user.extensions());
    return json.build();
  }

  static YamlMapping of(Context context) {
    YamlMapping.Builder json =
        YamlMapping.builder().put("cluster", context.cluster()).put("user", context.user());
    putText(json, "namespace", context.namespace());
    putExtensions(json, context.extensions());
    return json.build();
  }

  private static YamlMapping of(AuthProvider provider) {
    Map<String, String> config = provider.config();
    YamlValue settings = YamlNull.of();
    if (config != null) {
      YamlMapping.Builder json = YamlMapping.builder();
      config.forEach(json::put);
      settings = json.build();
    }
    return YamlMapping.builder().put("name", provider.name()).put("config", settings).build();
  }

  private static YamlMapping of(ExecConfig exec) {
    YamlMapping.Builder json = YamlMapping.builder().put("command", exec.command());
    List<String> args = exec.args();
    json.put("args", args == null ? YamlNull.of() : YamlSequence.ofStrings(args));
    json.put("env", env(exec.env()));
    putText(json, "apiVersion", exec.apiVersion());
    putText(json, "installHint", exec.installHint());
    json.put("provideClusterInfo", exec.provideClusterInfo());
    putText(json, "interactiveMode", exec.interactiveMode());
    return json.build();
  }

  private static YamlValue env(@Nullable List<ExecConfig.EnvVar> variables) {
    if (variables == null) {
      return YamlNull.of();
    }
    List<YamlValue> values = new ArrayList<>();
    for (ExecConfig.EnvVar variable : variables) {
      values.add(
          YamlMapping.builder()
              .put("name", variable.name())
              .put("value", variable.value())
              .build());
    }
    return YamlSequence.of(values);
  }

  private static <V> YamlValue list(
      Map<String, V> entries, String field, Function<V, YamlMapping> json) {
    if (entries.isEmpty()) {
      return YamlNull.of();
    }
    List<YamlValue> values = new ArrayList<>();
    new TreeMap<>(entries)
        .forEach(
            (name, entry) ->
                values.add(
                    YamlMapping.builder().put("name", name).put(field, json.apply(entry)).build()));
    return YamlSequence.of(values);
  }

  private static void putText(YamlMapping.Builder json, String field, String value) {
    if (!value.isEmpty()) {
      json.put(field, YamlString.of(value));
    }
  }

  private static void putTrue(YamlMapping.Builder json, String field, boolean value) {
    if (value) {
      json.put(field, true);
    }
  }

  private static void putExtensions(YamlMapping.Builder json, Extensions extensions) {
    if (extensions.byName().isEmpty()) {
      return;
    }
    List<YamlValue> values = new ArrayList<>();
    new TreeMap<>(extensions.byName())
        .forEach(
            (name, value) ->
                values.add(
                    YamlMapping.builder().put("name", name).put("extension", value).build()));
    json.put("extensions", YamlSequence.of(values));
  }
}
