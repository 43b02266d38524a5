package dev.certwright.oidc.configuration;

import java.util.Locale;

/**
 * Which keys of extra an issuer may fill: paths in domains, none of them Kubernetes' own, so that
 * no token can claim to be another credential (rule J-03).
 */
final class ExtraKeys {
  private static final int LONGEST_DOMAIN = 253;
  private static final String PATH_MARKS = "/-._~%!$&'()*+,;=:";

  private ExtraKeys() {}

  static void validate(FieldErrors errors, String field, String key) {
    int slash = key.indexOf('/');
    String domain = slash < 0 ? "" : key.substring(0, slash);
    if (key.isEmpty()) {
      errors.required(field, "");
    } else if (slash <= 0 || slash == key.length() - 1) {
      errors.invalid(field, key, "must be a domain-prefixed path (such as \"acme.io/foo\")");
    } else {
      if (domain.length() > LONGEST_DOMAIN) {
        errors.invalid(field, domain, "must be no more than 253 characters");
      }
      if (!isDomain(domain)) {
        errors.invalid(
            field,
            domain,
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                + " or '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
      }
      if (!isPath(key.substring(slash + 1))) {
        errors.invalid(
            field,
            key.substring(slash + 1),
            "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
      }
    }
    if (!key.equals(key.toLowerCase(Locale.ROOT))) {
      errors.invalid(field, key, "must be lowercase");
    }
    if (isOf(domain, "kubernetes.io") || isOf(domain, "k8s.io")) {
      errors.invalid(
          field, key, "k8s.io, kubernetes.io and their subdomains are reserved for Kubernetes use");
    }
  }

  private static boolean isOf(String domain, String reserved) {
    return domain.equals(reserved) || domain.endsWith("." + reserved);
  }

  private static boolean isDomain(String domain) {
    for (String label : domain.split("\\.", -1)) {
      if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
        return false;
      }
      for (int i = 0; i < label.length(); i++) {
        char c = label.charAt(i);
        if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (!(c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || PATH_MARKS.indexOf(c) >= 0)) {
        return false;
      }
    }
    return true;
  }
}
