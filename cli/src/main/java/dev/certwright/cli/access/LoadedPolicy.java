package dev.certwright.cli.access;

import dev.certwright.rbac.Policy;
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
    List<String> unread,
    String namespace,
    @Nullable Asker self) {

  /** Where kubectl is if nothing says otherwise. */
  static final String DEFAULT_NAMESPACE = "default";

  /** Copies the list. */
  public LoadedPolicy {
    unread = List.copyOf(unread);
  }

  /** Whether a no is one. */
  public boolean isComplete() {
    return unread.isEmpty();
  }
}
