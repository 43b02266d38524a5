package dev.certwright.conformance.differential;

import dev.certwright.cluster.ApiServer;
import dev.certwright.cluster.UnusableCredentialsException;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Cluster;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.InvalidKubeconfigException;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.kubeconfig.MalformedKubeconfigException;
import dev.certwright.kubeconfig.Origin;
import dev.certwright.yaml.JsonWriter;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Files merged, and what a client makes of a context of them (KC-01 to KC-18). */
final class KubeconfigMode implements Mode {
  private static final String ROOT = "$ROOT";
  private static final String CONTRADICTION =
      "specifying a root certificates file with the insecure flag is not allowed";

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
          add(stricterLoading(e), String.valueOf(e.getMessage()), "loads");
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

    /** Several files of which each is refused for something listed are one exception for all. */
    private static String stricterLoading(Throwable problem) {
      Set<String> kinds = new TreeSet<>();
      for (Throwable each : problem.getSuppressed()) {
        kinds.add(stricterLoading(each));
      }
      if (!kinds.isEmpty()) {
        return kinds.contains("load-error") ? "load-error" : kinds.iterator().next();
      }
      String message = String.valueOf(problem.getMessage());
      if (message.endsWith("a map or a list cannot be a map key")) {
        return "collection-as-key";
      }
      return problem instanceof MalformedKubeconfigException malformed
              && message.endsWith("a byte order mark behind the start of the text")
              && content(malformed.file()).indexOf('\uFEFF', 1) > 0
          ? "byte-order-mark"
          : "load-error";
    }

    private static String content(String file) {
      try {
        return Files.readString(Path.of(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
        add(
            isAboutTokenFile(theirs, effective) ? tokenFile(effective) : "client-accepted",
            "a client",
            theirs);
        return;
      }
      String namespaceError = Choices.text(answer, "namespaceError");
      if (namespaceError.isEmpty()) {
        compare("namespace", effective.namespace(), Choices.text(answer, "namespace"));
      } else {
        add("namespace-error", effective.namespace(), namespaceError);
      }
      YamlMapping client = Choices.mapping(answer, "client");
      client(effective, client);
      connection(effective, client);
    }

    private void compare(String kind, String ours, String theirs) {
      if (!scratch.outside(ours).equals(theirs)) {
        add(kind, scratch.outside(ours), theirs);
      }
    }

    /** Whether upstream's words are those of a token file that cannot be read, and it would be. */
    private boolean isAboutTokenFile(String theirs, EffectiveContext effective) {
      AuthInfo user = effective.user();
      String file = scratch.outside(user.tokenFile());
      return effective.usesTls()
          && user.token().isEmpty()
          && !file.isEmpty()
          && (theirs.equals("open " + file + ": no such file or directory")
              || theirs.equals("read " + file + ": is a directory"));
    }

    private static String tokenFile(EffectiveContext effective) {
      return refusal(effective) == null ? "token-file-accepted" : "token-file-unread";
    }

    private void client(EffectiveContext effective, YamlMapping client) {
      YamlMapping ours = scratch.outside(EffectiveClient.of(effective));
      YamlMapping theirs = EffectiveClient.of(client);
      Set<String> fields = new TreeSet<>();
      ours.entries().forEach(field -> fields.add(field.key()));
      theirs.entries().forEach(field -> fields.add(field.key()));
      for (String field : fields) {
        if (!Objects.equals(ours.get(field), theirs.get(field))) {
          add(field, String.valueOf(ours.get(field)), String.valueOf(theirs.get(field)));
        }
      }
    }

    /** Whether TLS can be made of it: module kubeconfig says a part, module cluster all. */
    private void connection(EffectiveContext effective, YamlMapping client) {
      // Upstream is not asked where a plug-in would have to be run first.
      if (client.get("exec") != null || client.get("authProvider") != null) {
        return;
      }
      String theirs = Choices.text(client, "tlsError");
      String problem = effective.usesTls() ? effective.tlsProblem() : null;
      if (problem != null || theirs.equals(CONTRADICTION)) {
        compare("tls-problem", String.valueOf(problem), theirs);
      }
      String ours = refusal(effective);
      if (ours == null && !theirs.isEmpty()) {
        add("tls-accepted", "a connection", theirs);
      }
      if (ours != null && theirs.isEmpty()) {
        add(stricter(ours, effective), ours, "a connection");
      }
    }

    private static String stricter(String ours, EffectiveContext effective) {
      AuthInfo user = effective.user();
      if (ours.startsWith("the server of the kubeconfig is no http or https URL")) {
        return "server-refused";
      }
      boolean credentials = ours.startsWith("the token file ") || ours.startsWith("the user ");
      if (!effective.usesTls() && credentials) {
        return "unused-credentials-refused";
      }
      boolean files = !user.clientCertificate().isEmpty() && !user.clientKey().isEmpty();
      return effective.usesTls() && files && ours.startsWith("the certificates of context ")
          ? "pair-of-files-read"
          : "connection-refused";
    }

    /** Why module cluster makes no connection of it, null if it does. */
    private static @Nullable String refusal(EffectiveContext effective) {
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
