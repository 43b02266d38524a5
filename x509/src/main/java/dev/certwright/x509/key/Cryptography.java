package dev.certwright.x509.key;

/**
 * Where keys are made and used: {@link PortableCryptography} everywhere, {@link NativeCryptography}
 * where the platform has it. Safe for use by several threads.
 */
public interface Cryptography {

  /** A new key. */
  SigningKey generate(KeyType type);

  /**
   * A key that was read, ready to sign.
   *
   * @throws KeyException if it is of a family or curve that is not supported, or inconsistent
   */
  SigningKey signingKey(PrivateKeyInfo key);

  /** The same key, with the arithmetic done here where it can be; it is not checked again. */
  SigningKey adopt(SigningKey checked);

  /** For people: what does the arithmetic. */
  String description();
}
