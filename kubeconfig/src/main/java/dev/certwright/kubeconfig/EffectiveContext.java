package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client makes of one context of a configuration.
 *
 * @param name of the context, empty if none is current
 * @param clusterName as the context names it
 * @param userName as the context names it
 * @param namespace of the context, {@code default} if it names none (KC-17)
 * @param cluster where to go
 * @param user who to be there
 */
public record EffectiveContext(
    String name,
    String clusterName,
    String userName,
    String namespace,
    Cluster cluster,
    AuthInfo user) {

  /**
   * The context a client such as kubectl would use, checked as it checks it: references that lead
   * nowhere count as empty entries, and the namespace is not looked at.
   *
   * @param requested name of a context, as given by {@code --context}; null for the current one
   * @throws InvalidKubeconfigException if the client would refuse, with its text
   */
  public static EffectiveContext of(Kubeconfig config, @Nullable String requested) {
    boolean asked = requested != null && !requested.isEmpty();
    String name = nameOf(config, requested);
    Context context = config.contexts().get(name);
    if (context == null && asked) {
      String problem = "context " + GoStrings.quote(name) + " does not exist";
      throw new InvalidKubeconfigException(problem, List.of(problem));
    }
    List<String> problems = new ArrayList<>();
    if (context == null && !name.isEmpty()) {
      problems.add(notFound(name));
    }
    Context found = context == null ? Context.EMPTY : context;
    AuthInfo user = config.users().getOrDefault(found.user(), AuthInfo.EMPTY);
    Cluster cluster = config.clusters().getOrDefault(found.cluster(), Cluster.EMPTY);
    problems.addAll(KubeconfigValidation.user(found.user(), user));
    problems.addAll(KubeconfigValidation.cluster(found.cluster(), cluster));
    if (problems.size() == 1 && problems.get(0).equals(KubeconfigValidation.NO_SERVER)) {
      problems.set(0, KubeconfigValidation.NOTHING_CONFIGURED);
    }
    if (!problems.isEmpty()) {
      throw InvalidKubeconfigException.ofProblems(problems);
    }
    String namespace = found.namespace().isEmpty() ? "default" : found.namespace();
    return new EffectiveContext(name, found.cluster(), found.user(), namespace, cluster, user);
  }

  /**
   * Everything upstream's {@code ConfirmUsable} finds wrong with a context, references and
   * namespace included.
   *
   * @param requested name of a context, null for the current one
   * @return in upstream's words, empty if the context can be used
   */
  public static List<String> problems(Kubeconfig config, @Nullable String requested) {
    if (config.isEmpty()) {
      return List.of(KubeconfigValidation.NOTHING_CONFIGURED);
    }
    String name = nameOf(config, requested);
    if (name.isEmpty()) {
      return List.of("no context chosen");
    }
    Context context = config.contexts().get(name);
    if (context == null) {
      return List.of(notFound(name));
    }
    List<String> problems = new ArrayList<>(KubeconfigValidation.context(name, context, config));
    AuthInfo user = config.users().getOrDefault(context.user(), AuthInfo.EMPTY);
    problems.addAll(KubeconfigValidation.user(context.user(), user));
    Cluster cluster = config.clusters().get(context.cluster());
    if (cluster == null) {
      problems.add(KubeconfigValidation.noServer(context.cluster()));
    } else {
      problems.addAll(KubeconfigValidation.cluster(context.cluster(), cluster));
    }
    return problems;
  }

  /**
   * Everything upstream's {@code Validate} finds wrong with a configuration as a whole.
   *
   * @return in upstream's words, empty if there is nothing
   */
  public static List<String> allProblems(Kubeconfig config) {
    if (config.isEmpty()) {
      return List.of(KubeconfigValidation.NOTHING_CONFIGURED);
    }
    List<String> problems = new ArrayList<>();
    String current = config.currentContext();
    if (!current.isEmpty() && !config.contexts().containsKey(current)) {
      problems.add(notFound(current));
    }
    config
        .contexts()
        .forEach(
            (name, context) ->
                problems.addAll(KubeconfigValidation.context(name, context, config)));
    config.users().forEach((name, user) -> problems.addAll(KubeconfigValidation.user(name, user)));
    config
        .clusters()
        .forEach((name, cluster) -> problems.addAll(KubeconfigValidation.cluster(name, cluster)));
    return problems;
  }

  /**
   * Whether a client speaks TLS to the server: if it reads {@code server} as an {@code https} URL
   * with a host. Otherwise it uses neither the user's credentials nor what the cluster says about
   * CA and name (KC-14).
   */
  public boolean usesTls() {
    return GoUrls.leadsToHost(cluster.server(), "https");
  }

  /**
   * What makes the TLS settings unusable once a connection is made (KC-12).
   *
   * @return upstream's text, null if there is nothing
   */
  public @Nullable String tlsProblem() {
    boolean authority =
        !cluster.certificateAuthority().isEmpty() || !cluster.certificateAuthorityData().isEmpty();
    return authority && cluster.insecureSkipTlsVerify()
        ? "specifying a root certificates file with the insecure flag is not allowed"
        : null;
  }

  /** All of it as JSON, secrets included. */
  public YamlMapping toJson() {
    return YamlMapping.builder()
        .put("context", name)
        .put("namespace", namespace)
        .put("cluster", KubeconfigJson.of(cluster))
        .put("user", KubeconfigJson.of(user))
        .build();
  }

  private static String nameOf(Kubeconfig config, @Nullable String requested) {
    return requested == null || requested.isEmpty() ? config.currentContext() : requested;
  }

  private static String notFound(String name) {
    return "context was not found for specified context: " + name;
  }
}
