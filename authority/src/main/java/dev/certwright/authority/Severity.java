package dev.certwright.authority;

/** How much a finding weighs. */
public enum Severity {
  /** Good to know. */
  NOTE,
  /** Probably not what was meant, or soon a problem. */
  WARNING,
  /** Against the rules: nothing is signed. */
  FORBIDDEN
}
