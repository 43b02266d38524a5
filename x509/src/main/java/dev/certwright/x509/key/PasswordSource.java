package dev.certwright.x509.key;

import org.jspecify.annotations.Nullable;

/** Asked for a password only when a key turns out to be encrypted. */
@FunctionalInterface
public interface PasswordSource {

  /** There is none. */
  PasswordSource NONE = () -> null;

  /** The password, or null if there is none; the caller wipes the array. */
  char @Nullable [] password();
}
