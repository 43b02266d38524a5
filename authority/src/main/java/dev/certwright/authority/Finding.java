package dev.certwright.authority;

/**
 * Something worth saying about a request, a certificate or an authority.
 *
 * @param severity how much it weighs
 * @param rule stable name of the rule, such as {@code name-control}
 * @param found what was seen, fit for a terminal
 * @param advice what to do about it; may be empty
 */
public record Finding(Severity severity, String rule, String found, String advice) {

  static Finding forbidden(String rule, String found, String advice) {
    return new Finding(Severity.FORBIDDEN, rule, found, advice);
  }

  static Finding warning(String rule, String found, String advice) {
    return new Finding(Severity.WARNING, rule, found, advice);
  }

  static Finding note(String rule, String found, String advice) {
    return new Finding(Severity.NOTE, rule, found, advice);
  }
}
