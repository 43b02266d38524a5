package dev.certwright.cli.access;

import dev.certwright.cluster.ClusterPolicy.Unread;
import dev.certwright.rbac.Policy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policy that answers.
 *
 * @param policy all that could be read
 * @param description how much there is of it, for people
 * @param unread what could not be read, each with its reason: a no may then be wrong
 * @param namespace of questions that name none
 * @param self who the credentials are that it was read with; null of files
 */
public record LoadedPolicy(
    Policy policy,
    String description,
    List<Unread> unread,
    String namespace,
    @Nullable Asker self) {

  /** Where kubectl is if nothing says otherwise. */
  static final String DEFAULT_NAMESPACE = "default";

  /** Copies the list. */
  public LoadedPolicy {
    unread = List.copyOf(unread);
  }

  /**
   * What could not be read and may change the answer, in words.
   *
   * @param namespace that is asked about, empty for the cluster
   */
  public List<String> unreadFor(String namespace) {
    List<String> texts = new ArrayList<>();
    for (Unread one : unread) {
      // RoleBindings have no say where no namespace is asked about (rule RE-01).
      if (!one.namespaced() || !namespace.isEmpty()) {
        texts.add(one.toString());
      }
    }
    return texts;
  }

  /** Whether everything was read. */
  public boolean isComplete() {
    return unread.isEmpty();
  }
}
