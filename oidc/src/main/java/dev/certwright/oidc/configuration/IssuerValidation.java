package dev.certwright.oidc.configuration;

import dev.certwright.oidc.expression.GoUrl;
import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.TrustAnchors;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an issuer must be (rule J-02). */
final class IssuerValidation {
  private static final Set<String> EGRESS = Set.of("", "controlplane", "cluster");

  private final FieldErrors errors;
  private final String path;

  IssuerValidation(FieldErrors errors, String path) {
    this.errors = errors;
    this.path = path;
  }

  void validate(Issuer issuer) {
    if (issuer.url().isEmpty()) {
      errors.required(path + ".url", "");
    } else {
      url(path + ".url", issuer.url());
    }
    String discovery = issuer.discoveryUrl();
    if (!discovery.isEmpty()) {
      if (!issuer.url().isEmpty() && trimmed(issuer.url()).equals(trimmed(discovery))) {
        errors.invalid(
            path + ".discoveryURL", discovery, "discoveryURL must be different from URL");
      }
      url(path + ".discoveryURL", discovery);
    }
    audiences(issuer.audiences(), issuer.audienceMatchPolicy());
    certificateAuthority(issuer.certificateAuthority());
    if (!EGRESS.contains(issuer.egressSelectorType())) {
      errors.invalid(
          path + ".egressSelectorType",
          issuer.egressSelectorType(),
          "egress selector must be either controlplane or cluster");
    }
  }

  private static String trimmed(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }

  private void url(String field, String text) {
    GoUrl url;
    try {
      url = GoUrl.parse(text);
    } catch (GoUrl.UrlException invalid) {
      errors.invalid(field, text, String.valueOf(invalid.getMessage()));
      return;
    }
    if (!url.scheme().equals("https")) {
      errors.invalid(field, text, "URL scheme must be https");
    }
    if (url.userInfo()) {
      errors.invalid(field, text, "URL must not contain a username or password");
    }
    if (!url.query().isEmpty()) {
      errors.invalid(field, text, "URL must not contain a query");
    }
    if (!url.fragment().isEmpty()) {
      errors.invalid(field, text, "URL must not contain a fragment");
    }
  }

  private void audiences(List<String> audiences, String policy) {
    String field = path + ".audiences";
    if (audiences.isEmpty()) {
      errors.required(field, "at least one " + field + " is required");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < audiences.size(); i++) {
      String audience = audiences.get(i);
      if (audience.isEmpty()) {
        errors.required(field + "[" + i + "]", "");
      }
      if (!seen.add(audience)) {
        errors.duplicate(field + "[" + i + "]", audience);
      }
    }
    if (policy.equals(Issuer.MATCH_ANY)) {
      return;
    }
    if (audiences.size() > 1) {
      errors.invalid(
          path + ".audienceMatchPolicy",
          policy,
          "audienceMatchPolicy must be MatchAny for multiple audiences");
    } else if (!policy.isEmpty()) {
      errors.invalid(
          path + ".audienceMatchPolicy",
          policy,
          "audienceMatchPolicy must be empty or MatchAny for single audience");
    }
  }

  private void certificateAuthority(String pem) {
    if (pem.isEmpty()) {
      return;
    }
    try {
      TrustAnchors.ofPem(pem.getBytes(StandardCharsets.UTF_8));
    } catch (BundleException unusable) {
      errors.invalid(
          path + ".certificateAuthority",
          "<omitted>",
          unusable.getCause() == null
              ? "data does not contain any valid RSA or ECDSA certificates"
              : String.valueOf(unusable.getMessage()));
    }
  }
}
