package dev.certwright.conformance.differential;

import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Cluster;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.InvalidKubeconfigException;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.kubeconfig.Origin;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files merged, and what a client makes of a context of them (KC-01 to KC-18). */
final class KubeconfigMode implements Mode {
  private static final String ROOT = "$ROOT";

  @Override
  public String name() {
    return "kubeconfig";
  }

  @Override
  public YamlMapping question(Random random) {
    return new KubeconfigQuestions(random).question();
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    try (Scratch scratch = Scratch.with(Choices.mapping(question, "files"))) {
      return new Comparison(scratch, question, answer).differences();
    }
  }

  /** Ours beside theirs, for one question. */
  private static final class Comparison {
    private final Scratch scratch;
    private final YamlMapping question;
    private final YamlMapping answer;
    private final List<Difference> differences = new ArrayList<>();

    Comparison(Scratch scratch, YamlMapping question, YamlMapping answer) {
      this.scratch = scratch;
      this.question = question;
      this.answer = answer;
    }

    List<Difference> differences() {
      Kubeconfig config;
      String loadError = Choices.text(answer, "loadError");
      try {
        config = files().load().config();
      } catch (KubeconfigException e) {
        if (loadError.isEmpty()) {
          boolean key =
              String.valueOf(e.getMessage()).endsWith("a map or a list cannot be a map key");
          add(key ? "collection-as-key" : "load-error", String.valueOf(e.getMessage()), "loads");
        }
        return differences;
      }
      if (!loadError.isEmpty()) {
        add("load-error", "loads", loadError);
        return differences;
      }
      YamlMapping merged = scratch.outside(config.toJson());
      if (!Objects.equals(merged, answer.get("merged"))) {
        add("merged", merged.toString(), String.valueOf(answer.get("merged")));
      }
      origins(config);
      effective(config);
      return differences;
    }

    private void add(String kind, String ours, String theirs) {
      differences.add(new Difference(kind, "ours:     " + ours + "\nupstream: " + theirs));
    }

    private KubeconfigFiles files() {
      String explicit = Choices.text(question, "explicit");
      if (!explicit.isEmpty()) {
        return KubeconfigFiles.explicit(scratch.path(explicit));
      }
      List<String> names = new ArrayList<>();
      for (String name : Choices.texts(question, "precedence")) {
        names.add(name.isEmpty() ? "" : scratch.path(name).toString());
      }
      // No file at all is not the same as no variable at all.
      String list = String.join(File.pathSeparator, names);
      return KubeconfigFiles.ofEnvironment(
          list.isEmpty() ? File.pathSeparator : list, Path.of("/"));
    }

    private void origins(Kubeconfig config) {
      YamlMapping origins = Choices.mapping(answer, "origins");
      Map<String, @Nullable Origin> clusters = new LinkedHashMap<>();
      config.clusters().forEach((name, cluster) -> clusters.put(name, cluster.origin()));
      origins("clusters", clusters, origins);
      Map<String, @Nullable Origin> users = new LinkedHashMap<>();
      config.users().forEach((name, user) -> users.put(name, user.origin()));
      origins("users", users, origins);
      Map<String, @Nullable Origin> contexts = new LinkedHashMap<>();
      config.contexts().forEach((name, context) -> contexts.put(name, context.origin()));
      origins("contexts", contexts, origins);
    }

    private void origins(String list, Map<String, @Nullable Origin> ours, YamlMapping theirs) {
      Map<String, String> found = new TreeMap<>();
      ours.forEach(
          (name, origin) -> found.put(name, scratch.outside(origin == null ? "" : origin.file())));
      Map<String, String> expected = new TreeMap<>();
      YamlMapping files = Choices.mapping(theirs, list);
      files.entries().forEach(e -> expected.put(e.key(), Choices.text(files, e.key())));
      if (!found.equals(expected)) {
        add("origins", found.toString(), expected.toString());
      }
    }

    private void effective(Kubeconfig config) {
      String context = Choices.text(question, "context");
      String theirs = Choices.text(answer, "clientError");
      EffectiveContext effective;
      try {
        effective = EffectiveContext.of(config, context);
      } catch (InvalidKubeconfigException e) {
        String ours = scratch.outside(String.valueOf(e.getMessage()));
        if (!ours.equals(theirs)) {
          add(theirs.isEmpty() ? "client-refused" : "client-error", ours, theirs);
        }
        return;
      }
      if (!theirs.isEmpty()) {
        boolean tokenFile =
            effective.user().token().isEmpty() && !effective.user().tokenFile().isEmpty();
        add(tokenFile ? "token-file-unread" : "client-accepted", "a client", theirs);
        return;
      }
      if (answer.get("namespaceError") == null) {
        compare("namespace", effective.namespace(), Choices.text(answer, "namespace"));
      }
      client(effective, Choices.mapping(answer, "client"));
    }

    private void compare(String kind, String ours, String theirs) {
      if (!scratch.outside(ours).equals(theirs)) {
        add(kind, scratch.outside(ours), theirs);
      }
    }

    private void client(EffectiveContext effective, YamlMapping client) {
      Cluster cluster = effective.cluster();
      AuthInfo user = effective.user();
      String host = Choices.text(client, "host");
      if (!cluster.server().equals(host)) {
        add(host.isEmpty() ? "host" : "host-normalized", cluster.server(), host);
      }
      // Without TLS a client leaves out all that could not be kept secret (KC-14).
      if (!isTls(host)) {
        return;
      }
      compare("tls-server-name", cluster.tlsServerName(), Choices.text(client, "tlsServerName"));
      compare("insecure", flag(cluster.insecureSkipTlsVerify()), flag(client, "insecure"));
      compare("ca-file", cluster.certificateAuthority(), Choices.text(client, "caFile"));
      compare(
          "ca-data", cluster.certificateAuthorityData().base64(), Choices.text(client, "caData"));
      compare("cert-file", user.clientCertificate(), Choices.text(client, "certFile"));
      compare("cert-data", user.clientCertificateData().base64(), Choices.text(client, "certData"));
      if (!user.clientCertificate().isEmpty() || !user.clientCertificateData().isEmpty()) {
        // A key without a certificate is not looked at (KC-11).
        compare("key-file", user.clientKey(), Choices.text(client, "keyFile"));
        compare("key-data", user.clientKeyData().base64(), Choices.text(client, "keyData"));
      }
      compare("token-file", user.tokenFile(), Choices.text(client, "tokenFile"));
      if (user.tokenFile().isEmpty()) {
        compare("token", user.token(), Choices.text(client, "token"));
      }
      compare("username", user.username(), Choices.text(client, "username"));
      compare("password", user.password(), Choices.text(client, "password"));
      compare(
          "compression", flag(cluster.disableCompression()), flag(client, "disableCompression"));
      YamlMapping impersonate = Choices.mapping(client, "impersonate");
      compare("as", user.impersonate(), Choices.text(impersonate, "UserName"));
      compare("as-uid", user.impersonateUid(), Choices.text(impersonate, "UID"));
      compare(
          "as-groups",
          user.impersonateGroups().toString(),
          Choices.texts(impersonate, "Groups").toString());
      String tlsProblem = effective.tlsProblem();
      // Upstream is not asked where a plug-in would have to be run first.
      boolean plugin = client.get("exec") != null || client.get("authProvider") != null;
      if (tlsProblem != null && !plugin && client.get("tlsError") == null) {
        add("tls-problem", tlsProblem, "none");
      }
    }

    /** As Go finds it: lower case, a host, and nothing that does not parse. */
    private static boolean isTls(String host) {
      return host.startsWith("https://")
          && host.length() > 8
          && "/?#".indexOf(host.charAt(8)) < 0
          && !host.matches("(?s).*(%(?![0-9A-Fa-f]{2})|[\\x00-\\x1F\\x7F]|[ \"<>\\\\^`{|}]).*");
    }

    private static String flag(boolean set) {
      return set ? "yes" : "no";
    }

    private static String flag(YamlMapping client, String key) {
      return flag(client.get(key) instanceof YamlBoolean value && value.value());
    }
  }

  /** A folder with the files of one question. */
  private static final class Scratch implements AutoCloseable {
    private final Path folder;

    private Scratch(Path folder) {
      this.folder = folder;
    }

    static Scratch with(YamlMapping files) {
      try {
        Scratch scratch = new Scratch(Files.createTempDirectory("kubeconfig").toRealPath());
        for (YamlMapping.Entry file : files.entries()) {
          Path path = scratch.path(file.key());
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          Files.writeString(
              path, Choices.text(files, file.key()).replace(ROOT, scratch.folder.toString()));
        }
        return scratch;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Path path(String name) {
      return folder.resolve(name).normalize();
    }

    String outside(String text) {
      return text.replace(folder.toString(), ROOT);
    }

    YamlMapping outside(YamlMapping value) {
      return Differential.parse(outside(JsonWriter.compact(value)));
    }

    @Override
    public void close() {
      try (var tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
