package dev.certwright.revocation.outlet;

import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A cluster that gets admission policies through its API, by kubectl. What is no longer needed goes
 * last, and only when every API server has had the time to take up what stands in its place: each
 * looks for changed policies once a second, so that one which saw an old policy go before it saw a
 * new one come would let a revoked certificate in for as long.
 *
 * @param name for messages
 * @param kubeconfig of someone who may change admission policies; empty for kubectl's own
 * @param context of the kubeconfig; empty for the current one
 */
public record PolicyCluster(String name, String kubeconfig, String context) implements Recipient {
  private static final String KINDS =
      "validatingadmissionpolicies.admissionregistration.k8s.io,"
          + "validatingadmissionpolicybindings.admissionregistration.k8s.io";

  /** Three times what an API server takes to see a change. */
  private static final long TAKEN_UP_NANOS = 3_000_000_000L;

  @Override
  public String send(byte[] content, Origin origin) {
    Found before = found();
    if (!before.problem.isEmpty()) {
      return before.problem;
    }
    try {
      for (SourceLedger there : before.sources) {
        origin.require("what the cluster has", there);
      }
    } catch (UnacceptableConfigurationException later) {
      return later.getMessage() + "; " + later.advice();
    }
    Program.Result applied =
        kubectl(
            content,
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=certwright",
            "-f",
            "-");
    if (!applied.problem().isEmpty()) {
      return applied.problem();
    }
    Found found = found();
    if (!found.problem.isEmpty()) {
      return found.problem;
    }
    String difference = difference(content, found);
    if (!difference.isEmpty()) {
      // Applying leaves what others added, such as an exception, where it is.
      Program.Result replaced = kubectl(content, "replace", "-f", "-");
      if (!replaced.problem().isEmpty()) {
        return difference + ", and cannot be put right: " + replaced.problem();
      }
    }
    List<String> surplus = new ArrayList<>(found.objects.keySet());
    surplus.removeAll(objects(content).keySet());
    if (surplus.isEmpty()) {
      return "";
    }
    long end = System.nanoTime() + TAKEN_UP_NANOS;
    for (long left = TAKEN_UP_NANOS; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return "interrupted; what is no longer needed is still there";
      }
    }
    List<String> words = new ArrayList<>(List.of("delete", "--ignore-not-found", "--wait=false"));
    words.addAll(surplus);
    return kubectl(new byte[0], words.toArray(String[]::new)).problem();
  }

  /**
   * How the cluster differs from what was published.
   *
   * @return empty if it does not; begins with {@code cannot} if it could not be asked
   */
  public String difference(byte[] content) {
    Found found = found();
    if (!found.problem.isEmpty()) {
      return "cannot be asked: " + found.problem;
    }
    return difference(content, found);
  }

  private static String difference(byte[] content, Found found) {
    Map<String, YamlValue> wanted = objects(content);
    for (Map.Entry<String, YamlValue> one : wanted.entrySet()) {
      YamlValue there = found.objects.get(one.getKey());
      if (there == null) {
        return one.getKey() + " is not there";
      }
      if (!there.equals(one.getValue())) {
        return one.getKey() + " was changed";
      }
    }
    return "";
  }

  /** Objects with our labels: kind and name to what they say. */
  private record Found(
      Map<String, YamlValue> objects, List<SourceLedger> sources, String problem) {}

  private Found found() {
    Program.Result got =
        kubectl(
            new byte[0],
            "get",
            KINDS,
            "--selector=" + AdmissionPolicyOutlet.SELECTOR,
            "-o",
            "json");
    if (!got.problem().isEmpty()) {
      return new Found(Map.of(), List.of(), got.problem());
    }
    try {
      if (YamlReader.strict().read("kubectl", got.output()) instanceof YamlMapping list
          && list.get("items") instanceof YamlSequence items) {
        return new Found(objects(items.values()), sources(items.values()), "");
      }
    } catch (YamlException unreadable) {
      // Told below.
    }
    return new Found(Map.of(), List.of(), "kubectl did not answer with a list");
  }

  private static List<SourceLedger> sources(List<YamlValue> objects) {
    List<SourceLedger> sources = new ArrayList<>();
    for (YamlValue value : objects) {
      if (value instanceof YamlMapping object
          && object.get("metadata") instanceof YamlMapping metadata
          && metadata.get("annotations") instanceof YamlMapping annotations
          && annotations.get(AdmissionPolicyOutlet.ANNOTATION) instanceof YamlString text) {
        sources.add(SourceLedger.of(text.value()));
      }
    }
    return sources;
  }

  private static Map<String, YamlValue> objects(byte[] content) {
    return objects(YamlReader.strict().readAll("policies", content));
  }

  private static Map<String, YamlValue> objects(List<YamlValue> values) {
    Map<String, YamlValue> objects = new LinkedHashMap<>();
    for (YamlValue value : values) {
      if (value instanceof YamlMapping object
          && object.get("kind") instanceof YamlString kind
          && object.get("metadata") instanceof YamlMapping metadata
          && metadata.get("name") instanceof YamlString name
          && object.get("spec") instanceof YamlMapping spec) {
        objects.put(kind.value().toLowerCase(Locale.ROOT) + "/" + name.value(), spec);
      }
    }
    return objects;
  }

  private Program.Result kubectl(byte[] input, String... words) {
    List<String> command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(words));
    command.add("--request-timeout=30s");
    if (!kubeconfig.isEmpty()) {
      command.add("--kubeconfig=" + kubeconfig);
    }
    if (!context.isEmpty()) {
      command.add("--context=" + context);
    }
    return Program.run(command, input);
  }
}
