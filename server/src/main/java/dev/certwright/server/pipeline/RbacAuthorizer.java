package dev.certwright.server.pipeline;

import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Policy;

/** RBAC, superusers first. Before a policy is loaded it fails, which allows nothing. */
public final class RbacAuthorizer implements Authorizer {
  private static final Verdict NOT_LOADED = Verdict.failed("the RBAC policy is not loaded yet");

  private final PolicySource source;

  /** Decides by what the source has at each moment. */
  public RbacAuthorizer(PolicySource source) {
    this.source = source;
  }

  @Override
  public String name() {
    return "rbac";
  }

  @Override
  public Verdict authorize(Attributes asked) {
    Policy policy = source.current();
    return policy == null ? NOT_LOADED : Verdict.of(policy.decide(asked));
  }
}
