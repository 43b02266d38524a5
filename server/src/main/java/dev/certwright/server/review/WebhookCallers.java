package dev.certwright.server.review;

import dev.certwright.rbac.Attributes;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Verdict;
import java.util.List;
import java.util.Set;

/**
 * Users who may ask the webhooks, besides those whom RBAC lets: its answers tell what everybody may
 * do, so not every client of the cluster may.
 */
public final class WebhookCallers implements Authorizer {
  private final Set<String> names;

  /** These, by user name. */
  public WebhookCallers(List<String> names) {
    this.names = Set.copyOf(names);
  }

  @Override
  public String name() {
    return "webhook-callers";
  }

  @Override
  public Verdict authorize(Attributes asked) {
    boolean webhook =
        !asked.resourceRequest()
            && asked.verb().equals("post")
            && (asked.path().equals(WebhookRoutes.AUTHORIZE)
                || asked.path().equals(WebhookRoutes.AUTHENTICATE));
    return webhook && names.contains(asked.user().name())
        ? Verdict.allow("webhook-allowed-names")
        : Verdict.NONE;
  }
}
