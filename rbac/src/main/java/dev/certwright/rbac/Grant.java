package dev.certwright.rbac;

/**
 * What allows something.
 *
 * @param rule the rule that matched
 * @param ruleNumber its place in the role, the first is 0
 * @param role the role that has it
 * @param binding the binding that gives the role
 * @param subject the first subject of the binding that is the asker (rule RS-04)
 */
public record Grant(
    PolicyRule rule, int ruleNumber, RbacObject role, RbacObject binding, Subject subject) {

  /** As upstream's reason names it (rule RE-05). */
  public String describe() {
    RoleRef ref =
        binding instanceof ClusterRoleBinding cluster
            ? cluster.roleRef()
            : ((RoleBinding) binding).roleRef();
    boolean local = binding instanceof RoleBinding;
    StringBuilder out = new StringBuilder(160).append(binding.kind()).append(' ');
    GoText.appendQuoted(out, local ? binding.name() + "/" + binding.namespace() : binding.name());
    out.append(" of ").append(ref.kind()).append(' ');
    GoText.appendQuoted(out, ref.name());
    return out.append(" to ").append(subject.describe(local ? binding.namespace() : "")).toString();
  }
}
