package dev.certwright.x509.chain;

import dev.certwright.x509.extension.DomainNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Domains that names may or must not lie in. Case does not count. A domain includes itself and its
 * subdomains; with a leading dot, only subdomains.
 */
final class DomainSubtrees {
  private final @Nullable SortedSubtrees<String> domains;
  private final Set<String> parentsOfExcluded = new HashSet<>();

  /**
   * Of constraints.
   *
   * @param list at least one; an empty one includes every name
   */
  DomainSubtrees(List<String> list, boolean excluded) {
    if (list.contains("")) {
      this.domains = null;
      return;
    }
    this.domains =
        new SortedSubtrees<>(list, DomainSubtrees::compareFromTheEnd, DomainSubtrees::includes);
    if (excluded) {
      for (String domain : domains.all()) {
        int dot = domain.indexOf('.');
        if (dot >= 0) {
          parentsOfExcluded.add(DomainNames.lowerCase(domain.substring(dot)));
        }
      }
    }
  }

  /**
   * The constraint that includes this name, or null. A wildcard lies in an excluded domain if one
   * of the names it stands for may (rule XS-43).
   */
  @Nullable String find(String name) {
    if (domains == null) {
      return "";
    }
    String found =
        domains.find(domain -> compareFromTheEnd(domain, name), domain -> includes(domain, name));
    if (found == null && name.startsWith("*") && !parentsOfExcluded.isEmpty()) {
      int dot = name.indexOf('.');
      String parent = dot < 0 ? "" : DomainNames.lowerCase(name.substring(dot));
      return parentsOfExcluded.contains(parent) ? parent : null;
    }
    return found;
  }

  /** Whether the domain is an ending of the name that begins at a label. */
  private static boolean includes(String domain, String name) {
    int offset = name.length() - domain.length();
    return offset >= 0
        && name.regionMatches(true, offset, domain, 0, domain.length())
        && (offset == 0 || domain.charAt(0) == '.' || name.charAt(offset - 1) == '.');
  }

  /** By characters from the last to the first, dots before all others, so that parents lead. */
  private static int compareFromTheEnd(String a, String b) {
    int i = a.length() - 1;
    int k = b.length() - 1;
    for (; i >= 0 && k >= 0; i--, k--) {
      int order = weight(a.charAt(i)) - weight(b.charAt(k));
      if (order != 0) {
        return order;
      }
    }
    return i - k;
  }

  private static int weight(char c) {
    return c == '.' ? 0 : DomainNames.lowerCase(c);
  }
}
