package dev.certwright.rbac;

/**
 * Whom a binding names: {@code Subject} of rbac.authorization.k8s.io/v1.
 *
 * @param kind {@link #USER}, {@link #GROUP} or {@link #SERVICE_ACCOUNT}; anything else never
 *     matches (rule RS-01)
 * @param apiGroup not looked at in a decision (rule RS-01)
 * @param name compared exactly
 * @param namespace of a ServiceAccount; empty means the RoleBinding's (rule RS-03)
 */
public record Subject(String kind, String apiGroup, String name, String namespace) {

  /** A user, by name. */
  public static final String USER = "User";

  /** All users that are in a group. */
  public static final String GROUP = "Group";

  /** The identity of a workload. */
  public static final String SERVICE_ACCOUNT = "ServiceAccount";

  /** What the names of ServiceAccounts begin with when they ask: rule RS-02. */
  public static final String SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";

  /** A user. */
  public static Subject user(String name) {
    return new Subject(USER, RoleRef.API_GROUP, name, "");
  }

  /** A group. */
  public static Subject group(String name) {
    return new Subject(GROUP, RoleRef.API_GROUP, name, "");
  }

  /** A ServiceAccount; an empty namespace means the binding's. */
  public static Subject serviceAccount(String namespace, String name) {
    return new Subject(SERVICE_ACCOUNT, "", name, namespace);
  }

  /**
   * As upstream's reasons name it, {@code Kind "name"}, a ServiceAccount as {@code
   * "name/namespace"} (rules RE-05, RS-11).
   *
   * @param bindingNamespace of the binding that names it, empty for a ClusterRoleBinding
   */
  public String describe(String bindingNamespace) {
    if (!kind.equals(SERVICE_ACCOUNT)) {
      return kind + " " + GoText.quote(name);
    }
    String effective = namespace.isEmpty() ? bindingNamespace : namespace;
    return kind + " " + GoText.quote(name + "/" + effective);
  }
}
