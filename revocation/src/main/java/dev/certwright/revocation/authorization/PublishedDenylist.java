package dev.certwright.revocation.authorization;

import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The denylist in an AuthorizationConfiguration that was published elsewhere, to be put before
 * another cluster's or node's own authorizers. Nothing but the lists is taken from it, and only if
 * they are, character by character, what Certwright writes: whoever can change that file can refuse
 * people, or let them in again, but allow nothing.
 */
public final class PublishedDenylist {
  private static final String ADVICE =
      "it must be the file that certwright revocations publish wrote, unchanged; nothing was written";

  private final List<Refusals> refusals;
  private final Origin origin;

  private PublishedDenylist(List<Refusals> refusals, Origin origin) {
    this.refusals = List.copyOf(refusals);
    this.origin = origin;
  }

  /**
   * Reads one.
   *
   * @param source name of the file, for messages
   * @throws UnacceptableConfigurationException if it is not what Certwright publishes
   */
  public static PublishedDenylist read(String source, byte[] bytes) {
    AuthorizationConfiguration configuration = AuthorizationConfiguration.read(source, bytes);
    List<Refusals> refusals = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Refusals canaries = null;
    for (YamlValue authorizer : configuration.authorizers()) {
      String name = AuthorizationConfiguration.name(authorizer);
      if (Refusals.isName(name)) {
        Refusals one = refusals(name, authorizer);
        if (one == null) {
          problems.add("the authorizer " + name + " is not as certwright writes it");
        } else if (name.equals(Refusals.CANARIES)) {
          canaries = one;
        } else {
          refusals.add(one);
        }
      }
    }
    if (refusals.isEmpty() && problems.isEmpty()) {
      problems.add("it holds no list of revoked certificates");
    }
    if (!problems.isEmpty()) {
      throw new UnacceptableConfigurationException(source, problems, ADVICE);
    }
    if (canaries != null) {
      // The mark is not taken over: it says what is loaded, and must be true of these lists.
      refusals.add(0, Refusals.canaries(canaries.condition(), ListMark.of(refusals)));
    }
    return new PublishedDenylist(refusals, Origin.carried(configuration.ledger()));
  }

  private static @Nullable Refusals refusals(String name, YamlValue authorizer) {
    if (!(authorizer instanceof YamlMapping mapping)
        || !(mapping.get("webhook") instanceof YamlMapping webhook)
        || !(webhook.get("matchConditions") instanceof YamlSequence conditions)
        || conditions.size() != 2
        || !(conditions.values().get(0) instanceof YamlMapping first)
        || !(first.get("expression") instanceof YamlString expression)) {
      return null;
    }
    String condition = expression.value();
    String message = ConditionText.message(name);
    return message != null && ConditionText.isList(name, condition)
        ? new Refusals(name, condition, message)
        : null;
  }

  /** Its lists, as they are. */
  List<Refusals> refusals() {
    return refusals;
  }

  /** The same, and it may take the place of any other. */
  public PublishedDenylist replacingAny() {
    return new PublishedDenylist(refusals, origin.replacingAny());
  }

  /** Where it is from. */
  public Origin origin() {
    return origin;
  }

  /** How many certificates and people it refuses. */
  public int size() {
    int size = 0;
    for (Refusals one : refusals) {
      // Canaries stand among the revoked too.
      size += one.name().equals(Refusals.CANARIES) ? 0 : ConditionText.size(one.condition());
    }
    return size;
  }
}
