package dev.certwright.x509.chain;

/** Signature algorithms that tests sign with, accepted ones and others. */
enum SignAlgorithm {
  ECDSA_SHA256("1.2.840.10045.4.3.2", "SHA-256"),
  ECDSA_SHA384("1.2.840.10045.4.3.3", "SHA-384"),
  ECDSA_SHA512("1.2.840.10045.4.3.4", "SHA-512"),
  ECDSA_SHA224("1.2.840.10045.4.3.1", "SHA-224"),
  ECDSA_SHA1("1.2.840.10045.4.1", "SHA-1"),
  RSA_SHA256("1.2.840.113549.1.1.11", "SHA-256"),
  RSA_SHA384("1.2.840.113549.1.1.12", "SHA-384"),
  RSA_SHA512("1.2.840.113549.1.1.13", "SHA-512"),
  RSA_SHA224("1.2.840.113549.1.1.14", "SHA-224"),
  RSA_SHA1("1.2.840.113549.1.1.5", "SHA-1"),
  RSA_SHA1_ISO("1.3.14.3.2.29", "SHA-1"),
  RSA_MD5("1.2.840.113549.1.1.4", "MD5"),
  PSS_SHA256("SHA-256", "2.16.840.1.101.3.4.2.1", 32),
  PSS_SHA384("SHA-384", "2.16.840.1.101.3.4.2.2", 48),
  PSS_SHA512("SHA-512", "2.16.840.1.101.3.4.2.3", 64),
  PSS_SHA256_SALT_20("SHA-256", "2.16.840.1.101.3.4.2.1", 20),
  ED25519("1.3.101.112", "");

  private final String digest;
  private final int pssSalt;
  private final byte[] identifier;

  SignAlgorithm(String oid, String digest) {
    this.digest = digest;
    this.pssSalt = -1;
    boolean rsa = oid.startsWith("1.2.840.113549") || oid.startsWith("1.3.14");
    this.identifier = TestDer.sequence(TestDer.oid(oid), rsa ? TestDer.bytes(5, 0) : new byte[0]);
  }

  SignAlgorithm(String digest, String hash, int pssSalt) {
    this.digest = digest;
    this.pssSalt = pssSalt;
    this.identifier = pss(hash, hash, pssSalt, new byte[0]);
  }

  static byte[] pss(String hash, String maskHash, int salt, byte[] more) {
    byte[] nothing = TestDer.bytes(5, 0);
    return TestDer.sequence(
        TestDer.oid("1.2.840.113549.1.1.10"),
        TestDer.sequence(
            TestDer.tlv(0xA0, TestDer.sequence(TestDer.oid(hash), nothing)),
            TestDer.tlv(
                0xA1,
                TestDer.sequence(
                    TestDer.oid("1.2.840.113549.1.1.8"),
                    TestDer.sequence(TestDer.oid(maskHash), nothing))),
            TestDer.tlv(0xA2, TestDer.integer(salt)),
            more));
  }

  String digest() {
    return digest;
  }

  /** Length of the salt in bytes; -1 if this is not RSA-PSS. */
  int pssSalt() {
    return pssSalt;
  }

  /** AlgorithmIdentifier, DER. */
  byte[] identifier() {
    return identifier;
  }
}
