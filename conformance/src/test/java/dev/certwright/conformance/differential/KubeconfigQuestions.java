package dev.certwright.conformance.differential;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Random and hostile kubeconfigs: few names, so that they meet; usual values and odd ones; damaged
 * texts.
 */
final class KubeconfigQuestions {
  private static final String[] NAMES = {"a", "a", "b", "b", "c", "a b", "x:y", "né", "true", ""};
  private static final String[] FILES = {
    "",
    "ca.crt",
    "d/ca.crt",
    "../w/ca.crt",
    "./d/../ca.crt",
    "tls.key",
    "missing",
    "d",
    "$ROOT/w/ca.crt",
    "~/x"
  };
  private static final String[] DATA = {"", "YWJj", "YWJj\nYWJj", "YW Jj", "YWJ", "!", "AA=="};
  private static final String[] PEMS = {
    KnownPems.CERTIFICATE, KnownPems.KEY, KnownPems.OTHER_KEY, "x", ""
  };
  private static final String[] DAMAGE = {
    "\n",
    "\t",
    " ",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "|",
    ">",
    "null",
    "---\n",
    "\u0000",
    "\u00A0",
    "\uFEFF",
    "\uD83D\uDE00",
    "!!binary ",
    "<<: ",
    "0x1",
    "1e3",
    "~",
    ","
  };

  private final Choices choices;
  private final Random random;

  KubeconfigQuestions(Random random) {
    this.random = random;
    this.choices = new Choices(random);
  }

  private String name() {
    return choices.of(NAMES);
  }

  YamlMapping question() {
    YamlMapping.Builder files = YamlMapping.builder();
    List<String> precedence = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String name = choices.of("w/f", "w/d/f", "w/f") + i;
      if (!choices.once(12)) {
        files.put(name, text());
      }
      precedence.add(name);
    }
    if (choices.once(10)) {
      precedence.add(choices.of("", "w", "w/missing", precedence.get(0)));
    }
    if (!choices.once(6)) {
      files.put("w/ca.crt", choices.mostly(KnownPems.CERTIFICATE, PEMS)).put("w/d/ca.crt", "x");
      files.put("w/tls.key", choices.once(3) ? choices.of(PEMS) : KnownPems.KEY);
    }
    YamlMapping.Builder question = YamlMapping.builder().put("files", files.build());
    if (choices.once(4)) {
      question.put("explicit", choices.once(8) ? "w/missing" : precedence.get(0));
    } else {
      question.put("precedence", YamlSequence.ofStrings(precedence));
    }
    if (choices.once(2)) {
      question.put("context", name());
    }
    return question.build();
  }

  private String text() {
    YamlValue config = config();
    String text = choices.once(5) ? JsonWriter.pretty(config) : YamlWriter.write(config);
    if (choices.once(6)) {
      text = choices.damaged(text, DAMAGE);
    }
    if (choices.once(40)) {
      return choices.of(
          "", "null\n", "[]\n", "a\n", "{}", "# nothing\n", "---\n", "{", "\uFEFF", "{}:\na: 1");
    }
    if (choices.once(20)) {
      text = text.replace("\n", "\r\n");
    }
    return text;
  }

  private YamlValue config() {
    YamlMapping.Builder config = YamlMapping.builder();
    if (!choices.once(8)) {
      config.put("apiVersion", choices.once(30) ? choices.of("v2", "", "v1beta1") : "v1");
    }
    if (!choices.once(8)) {
      config.put("kind", choices.once(30) ? choices.of("config", "", "Pod") : "Config");
    }
    put(config, "clusters", () -> list("cluster", this::cluster));
    put(config, "users", () -> list("user", this::user));
    put(config, "contexts", () -> list("context", this::context));
    if (!choices.once(5)) {
      config.put("current-context", name());
    }
    if (choices.once(10)) {
      config.put(
          "preferences",
          YamlMapping.builder()
              .put("colors", choices.once(2))
              .put("extensions", extensions())
              .build());
    }
    if (choices.once(10)) {
      config.put("extensions", extensions());
    }
    if (choices.once(10)) {
      config.put(choices.of("unknown", "Clusters", "current-Context"), odd());
    }
    return config.build();
  }

  private interface Maker {
    YamlValue make();
  }

  private void put(YamlMapping.Builder out, String key, Maker maker) {
    if (choices.once(60)) {
      out.put(key, odd());
    } else if (!choices.once(8)) {
      out.put(key, maker.make());
    }
  }

  /** A value of a type that is mostly not the one. */
  private YamlValue odd() {
    return switch (random.nextInt(6)) {
      case 0 -> YamlNull.of();
      case 1 -> YamlSequence.of(List.of());
      case 2 -> YamlMapping.EMPTY;
      case 3 -> YamlString.of(choices.of("", "x", "1", "true"));
      case 4 -> YamlMapping.builder().put("x", 1).build().entries().get(0).value();
      default -> YamlMapping.builder().put("x", true).build().entries().get(0).value();
    };
  }

  private YamlValue list(String field, Maker maker) {
    List<YamlValue> entries = new ArrayList<>();
    for (int count = random.nextInt(5); count > 0; count--) {
      String name = name();
      YamlMapping.Builder entry = YamlMapping.builder();
      if (!choices.once(20)) {
        entry.put("name", name);
      }
      put(entry, field, maker);
      YamlMapping made = entry.build();
      // The same name twice is an error, so mostly not.
      boolean taken =
          entries.stream()
              .anyMatch(other -> Choices.text((YamlMapping) other, "name").equals(name));
      if (!taken || choices.once(15)) {
        entries.add(made);
      }
    }
    if (choices.once(60)) {
      entries.add(odd());
    }
    return YamlSequence.of(entries);
  }

  private YamlValue cluster() {
    YamlMapping.Builder out = YamlMapping.builder();
    if (choices.once(3)) {
      String authority = base64(choices.mostly(KnownPems.CERTIFICATE, PEMS));
      return out.put("server", choices.of("https://h", "HTTPS://h:1"))
          .put("certificate-authority-data", authority)
          .build();
    }
    if (choices.once(6)) {
      return out.put("server", "http://h/p").build();
    }
    if (!choices.once(8)) {
      out.put(
          "server",
          choices.of(
              "https://1.2.3.4:6443",
              "https://h",
              "http://h/p",
              "h:1",
              "10.0.0.1",
              "",
              "https://h?q#f",
              "https://[::1]:1",
              "https://h%zz",
              "HTTPS://H/"));
    }
    text(out, 5, "certificate-authority", FILES);
    text(out, 5, "certificate-authority-data", DATA);
    text(out, 9, "tls-server-name", "x", "");
    flag(out, 7, "insecure-skip-tls-verify");
    text(
        out,
        8,
        "proxy-url",
        "",
        "http://p:1",
        "socks5://p",
        "ftp://p",
        "p:1",
        "http://u ser@h",
        "http://h#%zz",
        "https://[::1",
        ":",
        "socks5h://p");
    flag(out, 12, "disable-compression");
    if (choices.once(15)) {
      out.put("extensions", extensions());
    }
    if (choices.once(40)) {
      out.put(choices.of("unknown", "Server", "server"), odd());
    }
    return out.build();
  }

  private YamlValue user() {
    YamlMapping.Builder out = YamlMapping.builder();
    if (choices.once(12)) {
      return out.put("tokenFile", choices.of(FILES)).build();
    }
    if (choices.once(3)) {
      pair(out);
      if (choices.once(2)) {
        return out.build();
      }
    } else {
      text(out, 3, "client-certificate", FILES);
      text(out, 5, "client-certificate-data", DATA);
      text(out, 3, "client-key", FILES);
      text(out, 5, "client-key-data", DATA);
    }
    text(out, 4, "token", "t", "", "t2");
    text(out, 12, "tokenFile", FILES);
    text(out, 8, "username", "u", "");
    text(out, 8, "password", "p", "");
    text(out, 8, "as", "root", "");
    text(out, 14, "as-uid", "1", "");
    if (choices.once(14)) {
      out.put("as-groups", YamlSequence.ofStrings(choices.some(2, "g", "", "h")));
    }
    if (choices.once(14)) {
      out.put(
          "as-user-extra",
          YamlMapping.builder()
              .put("k", YamlSequence.ofStrings(choices.some(2, "v", "")))
              .put("l", choices.once(4) ? odd() : YamlSequence.ofStrings(List.of("w")))
              .build());
    }
    if (choices.once(14)) {
      out.put(
          "auth-provider",
          YamlMapping.builder()
              .put("name", choices.of("oidc", "gcp", ""))
              .put("config", choices.once(3) ? odd() : YamlMapping.builder().put("a", "b").build())
              .build());
    }
    if (choices.once(7)) {
      out.put("exec", exec());
    }
    if (choices.once(40)) {
      out.put(choices.of("unknown", "Token", "exec"), odd());
    }
    return out.build();
  }

  /** A certificate and its key, mostly, each in a file or here. */
  private void pair(YamlMapping.Builder out) {
    if (choices.once(2)) {
      out.put("client-certificate", "$ROOT/w/ca.crt");
    } else {
      out.put("client-certificate-data", base64(choices.mostly(KnownPems.CERTIFICATE, PEMS)));
    }
    if (choices.once(2)) {
      out.put("client-key", "$ROOT/w/tls.key");
    } else {
      out.put("client-key-data", base64(choices.once(3) ? choices.of(PEMS) : KnownPems.KEY));
    }
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private YamlValue exec() {
    YamlMapping.Builder out = YamlMapping.builder();
    text(out, 1, "command", "c", "./c", "d/c", "/bin/c", "", "../c");
    text(
        out,
        1,
        "apiVersion",
        "client.authentication.k8s.io/v1",
        "client.authentication.k8s.io/v1beta1",
        "client.authentication.k8s.io/v1alpha1",
        "",
        "x");
    text(out, 2, "interactiveMode", "Never", "IfAvailable", "Always", "", "always");
    flag(out, 3, "provideClusterInfo");
    text(out, 5, "installHint", "get it", "");
    if (choices.once(2)) {
      out.put("args", choices.once(8) ? odd() : YamlSequence.ofStrings(choices.some(2, "-a", "")));
    }
    if (choices.once(3)) {
      out.put("env", environment(choices));
    }
    return out.build();
  }

  /** Of a plug-in. */
  static YamlSequence environment(Choices choices) {
    return YamlSequence.of(
        List.of(
            YamlMapping.builder()
                .put("name", choices.of("N", ""))
                .put("value", choices.of("v", ""))
                .build()));
  }

  private YamlValue context() {
    YamlMapping.Builder out = YamlMapping.builder();
    text(out, 1, "cluster", NAMES);
    text(out, 1, "user", NAMES);
    text(out, 3, "namespace", "ns", "", "Bad", "-a", "a.b", "x".repeat(64));
    if (choices.once(20)) {
      out.put("extensions", extensions());
    }
    return out.build();
  }

  private YamlValue extensions() {
    List<YamlValue> entries = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      YamlMapping.Builder entry = YamlMapping.builder().put("name", choices.of("e1", "e2", ""));
      if (!choices.once(5)) {
        entry.put("extension", odd());
      }
      entries.add(entry.build());
    }
    return YamlSequence.of(entries);
  }

  private void text(YamlMapping.Builder out, int in, String key, String... values) {
    if (choices.once(in)) {
      if (choices.once(80)) {
        out.put(key, odd());
      } else {
        out.put(key, choices.of(values));
      }
    }
  }

  private void flag(YamlMapping.Builder out, int in, String key) {
    if (choices.once(in)) {
      if (choices.once(20)) {
        out.put(key, odd());
      } else {
        out.put(key, choices.once(2));
      }
    }
  }
}
