package dev.certwright.conformance.differential;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Kubeconfigs as people have them, of which most make a client: what is odd in them is one thing.
 */
final class UsableKubeconfigQuestions {
  private static final String[] NAMES = {"a", "b"};

  private final Choices choices;
  private final Random random;
  private final PemChoices pems;
  private final YamlMapping.Builder files = YamlMapping.builder();
  private final YamlMapping.Builder binaryFiles = YamlMapping.builder();
  private int named;

  UsableKubeconfigQuestions(Random random) {
    this.random = random;
    this.choices = new Choices(random);
    this.pems = new PemChoices(choices);
  }

  YamlMapping question() {
    List<String> precedence = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      String name = choices.of("w/f", "w/d/f") + i;
      precedence.add(name);
      write(name, config(i == 0));
    }
    YamlMapping.Builder question = YamlMapping.builder().put("files", files.build());
    YamlMapping binary = binaryFiles.build();
    if (binary.size() > 0) {
      question.put("filesBase64", binary);
    }
    if (choices.once(4)) {
      question.put("explicit", precedence.get(0));
    } else {
      question.put("precedence", YamlSequence.ofStrings(precedence));
    }
    if (choices.once(3)) {
      question.put("context", choices.of(NAMES));
    }
    return question.build();
  }

  private void write(String name, YamlMapping config) {
    String text = choices.once(5) ? JsonWriter.pretty(config) : YamlWriter.write(config);
    if (choices.once(20)) {
      text = text.replace("\n", "\r\n");
    }
    if (choices.once(60)) {
      Charset charset = choices.once(2) ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1;
      binaryFiles.put(name, base64(text.getBytes(charset)));
    } else {
      files.put(name, choices.once(60) ? "\uFEFF" + text : text);
    }
  }

  private YamlMapping config(boolean current) {
    YamlMapping.Builder config =
        YamlMapping.builder().put("apiVersion", "v1").put("kind", "Config");
    List<YamlValue> clusters = new ArrayList<>();
    List<YamlValue> users = new ArrayList<>();
    List<YamlValue> contexts = new ArrayList<>();
    for (String name : NAMES) {
      clusters.add(YamlMapping.builder().put("name", name).put("cluster", cluster()).build());
      users.add(YamlMapping.builder().put("name", name).put("user", user()).build());
      contexts.add(YamlMapping.builder().put("name", name).put("context", context()).build());
    }
    config
        .put("clusters", YamlSequence.of(clusters))
        .put("users", YamlSequence.of(users))
        .put("contexts", YamlSequence.of(contexts));
    if (current) {
      config.put("current-context", choices.of(NAMES));
    }
    return config.build();
  }

  private YamlMapping context() {
    YamlMapping.Builder out =
        YamlMapping.builder().put("cluster", choices.of(NAMES)).put("user", choices.of(NAMES));
    if (choices.once(3)) {
      out.put("namespace", choices.of("ns", "kube-system", "", "Bad", "n\u00E9"));
    }
    return out.build();
  }

  private YamlMapping cluster() {
    YamlMapping.Builder out = YamlMapping.builder();
    out.put(
        "server",
        choices.once(5)
            ? choices.of(
                "http://h/p",
                "h:1",
                "10.0.0.1",
                "h_x:1",
                "https://h_x",
                "https://h_x:6443/p",
                "https://h/%zz",
                "https://1.2.3",
                "https://h/a b",
                "https://h/p?q#f",
                "https://h?q#f",
                "https://\u00E9",
                "https:///p",
                "https://h:1:2",
                "HTTPS://H/p")
            : choices.of(
                "https://h",
                "HTTPS://h:1",
                "https://1.2.3.4:6443",
                "https://[::1]:1",
                "https://h/p/",
                "https://h.example:6443/k8s/clusters/c-1"));
    boolean insecure = choices.once(8);
    if (insecure) {
      out.put("insecure-skip-tls-verify", true);
    }
    if (!choices.once(insecure ? 2 : 6)) {
      String pem = pems.authority();
      if (choices.once(2)) {
        out.put("certificate-authority", file("ca.crt", pem));
      } else {
        out.put("certificate-authority-data", base64(pem));
      }
    }
    if (choices.once(5)) {
      out.put("tls-server-name", choices.of("x", "kubernetes.default.svc", "h_x", ""));
    }
    if (choices.once(5)) {
      out.put(
          "proxy-url",
          choices.of(
              "http://p:1",
              "http://p",
              "https://p:1/x",
              "socks5://p",
              "socks5://u:p@p:1080",
              "HTTP://p",
              "http://",
              "http://:1",
              "http://\u00E9",
              "http://[::1]:1",
              "p:1"));
    }
    if (choices.once(5)) {
      out.put("disable-compression", choices.once(2));
    }
    return out.build();
  }

  private YamlMapping user() {
    YamlMapping.Builder out = YamlMapping.builder();
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> pair(out);
      case 4 -> out.put("token", token());
      case 5, 6 -> tokenFile(out);
      case 7 -> password(out);
      case 8 -> out.put("exec", exec());
      default -> {
        if (choices.once(4)) {
          out.put("auth-provider", YamlMapping.builder().put("name", "oidc").build());
        }
      }
    }
    if (choices.once(8)) {
      pairOrToken(out);
    }
    if (choices.once(4)) {
      impersonation(out);
    }
    return out.build();
  }

  private void pairOrToken(YamlMapping.Builder out) {
    YamlMapping made = out.build();
    if (made.get("client-certificate") == null && made.get("client-certificate-data") == null) {
      pair(out);
    } else if (made.get("token") == null) {
      out.put("token", token());
    }
  }

  private void pair(YamlMapping.Builder out) {
    String[] pair = pems.pair();
    if (choices.once(2)) {
      out.put("client-certificate", file("tls.crt", pair[0]));
    } else {
      out.put("client-certificate-data", base64(pair[0]));
    }
    if (choices.once(2)) {
      out.put("client-key", file("tls.key", pair[1]));
    } else {
      out.put("client-key-data", base64(pair[1]));
    }
  }

  private String token() {
    return choices.once(8) ? choices.of("a b", " t ", "t\nu", "t\u00E9", "\u0001") : "t.o-k_en";
  }

  private void tokenFile(YamlMapping.Builder out) {
    String content =
        choices.once(3)
            ? choices.of(
                "", "\n", " \t\r\n", "\u00A0\n", "\u0085t\u2003", "t\nu\n", "t\u00E9", "\u200Bt")
            : choices.of("t", "t\n", " t\r\n");
    if (choices.once(12)) {
      out.put("tokenFile", choices.of("missing", "$ROOT/w", "$ROOT/w/missing"));
    } else {
      out.put("tokenFile", file("token", content));
    }
    if (choices.once(2)) {
      out.put("token", token());
    }
    if (choices.once(8)) {
      password(out);
    }
  }

  private void password(YamlMapping.Builder out) {
    if (!choices.once(6)) {
      out.put("username", choices.of("u", "\u00E9", "u:v"));
    }
    if (!choices.once(6)) {
      out.put("password", choices.of("p", "p:\n", "\u0436"));
    }
  }

  private void impersonation(YamlMapping.Builder out) {
    out.put("as", choices.once(4) ? choices.of("\u0436", "a\nb", "a b") : "jane");
    if (choices.once(2)) {
      out.put("as-uid", choices.of("1", "u\u00E9", ""));
    }
    if (choices.once(2)) {
      out.put("as-groups", YamlSequence.ofStrings(choices.some(3, "g", "", "h \u0436", "i")));
    }
    if (choices.once(2)) {
      out.put(
          "as-user-extra",
          YamlMapping.builder()
              .put(
                  choices.of("k", "example.org/k%", "\u00E9", "a b"),
                  YamlSequence.ofStrings(choices.some(3, "v", "", "w\u00E9")))
              .build());
    }
  }

  private YamlMapping exec() {
    YamlMapping.Builder out =
        YamlMapping.builder()
            .put("command", choices.of("c", "./c", "../c", "/bin/c", "d/c"))
            .put(
                "apiVersion",
                choices.of(
                    "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"))
            .put("interactiveMode", choices.of("Never", "IfAvailable", "Always"));
    if (choices.once(3)) {
      out.put("provideClusterInfo", choices.once(2));
    }
    if (choices.once(4)) {
      out.put("installHint", choices.of("get it", "", "\u001B[31mred\u001B[0m"));
    }
    if (choices.once(2)) {
      out.put("args", YamlSequence.ofStrings(choices.some(3, "-a", "", "b c")));
    }
    if (choices.once(3)) {
      out.put("env", KubeconfigQuestions.environment(choices));
    }
    return out.build();
  }

  /** A file of its own, as a kubeconfig names it. */
  private String file(String name, String content) {
    String path = "w/" + named++ + name;
    if (choices.once(20)) {
      String der = content.startsWith("-----") && choices.once(2) ? PemChoices.der(content) : "";
      binaryFiles.put(
          path, der.isEmpty() ? base64(content.getBytes(StandardCharsets.ISO_8859_1)) : der);
    } else {
      files.put(path, content);
    }
    // Beside the kubeconfig, or above it, where it is mostly not.
    return choices.once(8) ? choices.of("", "./", "../") + path.substring(2) : "$ROOT/" + path;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
