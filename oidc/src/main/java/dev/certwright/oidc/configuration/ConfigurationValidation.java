package dev.certwright.oidc.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether kube-apiserver would start with a configuration; if not, why, in its words. */
public final class ConfigurationValidation {
  private static final int MOST_ISSUERS = 64;

  private ConfigurationValidation() {}

  /**
   * Validates and compiles.
   *
   * @return the expressions of each issuer, in the order of {@link
   *     AuthenticationConfiguration#jwt()}
   * @throws ConfigurationException if anything is wrong, with all that is
   */
  public static List<MappingExpressions> validate(AuthenticationConfiguration configuration) {
    FieldErrors errors = new FieldErrors();
    List<MappingExpressions> compiled = validate(configuration, errors);
    if (!errors.isEmpty()) {
      throw new ConfigurationException("invalid authentication configuration: " + errors);
    }
    for (JwtConfiguration jwt : configuration.jwt()) {
      String egress = jwt.issuer().egressSelectorType();
      if (!egress.isEmpty()) {
        throw new ConfigurationException(
            "oidc: egress lookup required with egress selector type \""
                + egress
                + "\"; this server has no other networks");
      }
    }
    return compiled;
  }

  private static List<MappingExpressions> validate(
      AuthenticationConfiguration configuration, FieldErrors errors) {
    List<MappingExpressions> compiled = new ArrayList<>();
    List<JwtConfiguration> all = configuration.jwt();
    if (all.size() > MOST_ISSUERS) {
      errors.tooMany("jwt", all.size(), MOST_ISSUERS);
      return compiled;
    }
    Set<String> urls = new HashSet<>();
    Set<String> discoveryUrls = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      JwtConfiguration jwt = all.get(i);
      String path = "jwt[" + i + "]";
      new IssuerValidation(errors, path + ".issuer").validate(jwt.issuer());
      compiled.add(new MappingValidation(errors, path).validate(jwt));
      if (!urls.add(jwt.issuer().url())) {
        errors.duplicate(path + ".issuer.url", jwt.issuer().url());
      }
      String discoveryUrl = jwt.issuer().discoveryUrl();
      if (!discoveryUrl.isEmpty() && !discoveryUrls.add(discoveryUrl)) {
        errors.duplicate(path + ".issuer.discoveryURL", discoveryUrl);
      }
    }
    AnonymousConfiguration anonymous = configuration.anonymous();
    if (anonymous != null && !anonymous.enabled() && !anonymous.paths().isEmpty()) {
      errors.invalidText(
          "anonymous.conditions",
          conditions(anonymous.paths()),
          "enabled should be set to true when conditions are defined");
    }
    return compiled;
  }

  private static String conditions(List<String> paths) {
    StringBuilder text = new StringBuilder("[");
    for (String path : paths) {
      text.append(text.length() == 1 ? "" : ",")
          .append("{\"Path\":")
          .append(dev.certwright.rbac.GoText.json(path))
          .append('}');
    }
    return text.append(']').toString();
  }
}
