package dev.certwright.rbac;

/**
 * Names of objects as the informers' store of kube-apiserver has them: {@code namespace/name}, or
 * the name alone where there is no namespace. A name with a slash can therefore be found as if it
 * had a namespace (rule RS-04); API validation forbids such objects, the authorizer does not.
 */
final class StoreKey {
  private StoreKey() {}

  static String of(String namespace, String name) {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  static int hash(String namespace, String name) {
    return namespace.isEmpty() ? name.hashCode() : of(namespace, name).hashCode();
  }

  static boolean same(String namespace, String name, String otherNamespace, String otherName) {
    if (namespace.equals(otherNamespace)) {
      return name.equals(otherName);
    }
    int length = length(namespace, name);
    return length == length(otherNamespace, otherName)
        && of(namespace, name).equals(of(otherNamespace, otherName));
  }

  private static int length(String namespace, String name) {
    return namespace.isEmpty() ? name.length() : namespace.length() + 1 + name.length();
  }

  /** A hash that nobody can foresee without the seed. */
  static int rehash(String text, int seed) {
    long hash = seed * 0x9E3779B97F4A7C15L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0xD6E8FEB86659FD93L;
      hash ^= hash >>> 32;
    }
    return (int) (hash ^ hash >>> 29);
  }
}
