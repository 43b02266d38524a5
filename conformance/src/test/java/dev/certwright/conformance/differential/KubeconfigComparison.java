package dev.certwright.conformance.differential;

import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.InvalidKubeconfigException;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.kubeconfig.KubeconfigFiles;
import dev.certwright.kubeconfig.MalformedKubeconfigException;
import dev.certwright.kubeconfig.Origin;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlValue;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is loaded of the files, and what a client makes of a context: ours beside theirs. */
final class KubeconfigComparison {
  private final KubeconfigScratch scratch;
  private final YamlMapping question;
  private final YamlMapping answer;
  private final List<Difference> differences = new ArrayList<>();

  KubeconfigComparison(KubeconfigScratch scratch, YamlMapping question, YamlMapping answer) {
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
      } else {
        words(e, loadError);
      }
      return differences;
    }
    if (!loadError.isEmpty()) {
      add("load-error", "loads", loadError);
      return differences;
    }
    YamlMapping merged = scratch.outside(config.toJson());
    if (!Objects.equals(merged, answer.get("merged"))) {
      add("merged", JsonWriter.compact(merged), json(answer.get("merged")));
    }
    origins(config);
    effective(config);
    return differences;
  }

  /**
   * Of a file that cannot be read upstream's words, of one that is no kubeconfig that upstream says
   * so too, in whatever words.
   */
  private void words(KubeconfigException problem, String theirs) {
    Throwable[] each = problem.getSuppressed();
    for (Throwable one : each) {
      words((KubeconfigException) one, theirs);
    }
    if (each.length > 0) {
      return;
    }
    String message = scratch.outside(String.valueOf(problem.getMessage()));
    if (problem instanceof MalformedKubeconfigException malformed) {
      String named = "error loading config file \"" + scratch.outside(malformed.file()) + "\": ";
      if (!theirs.contains(named)) {
        add(stricterLoading(problem), message, theirs);
      }
    } else if (!theirs.contains(message)) {
      add("load-words", message, theirs);
    }
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
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(@Nullable YamlValue value) {
    return value == null ? "nothing" : JsonWriter.compact(value);
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
    return KubeconfigFiles.ofEnvironment(list.isEmpty() ? File.pathSeparator : list, Path.of("/"));
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
    differences.addAll(new ConnectionComparison(scratch, effective, client).differences());
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
    return ConnectionComparison.refusal(effective) == null
        ? "token-file-accepted"
        : "token-file-unread";
  }

  private void client(EffectiveContext effective, YamlMapping client) {
    YamlMapping ours = scratch.outside(EffectiveClient.of(effective));
    AuthInfo user = effective.user();
    YamlMapping theirs = EffectiveClient.of(client, !user.token().isEmpty());
    Set<String> fields = new TreeSet<>();
    ours.entries().forEach(field -> fields.add(field.key()));
    theirs.entries().forEach(field -> fields.add(field.key()));
    if (!ClientUrls.isAddress(effective.cluster().server(), effective.usesTls())) {
      // Refused, which is compared where connections are.
      fields.remove("host");
    }
    for (String field : fields) {
      if (!Objects.equals(ours.get(field), theirs.get(field))) {
        add(field, json(ours.get(field)), json(theirs.get(field)));
      }
    }
  }
}
