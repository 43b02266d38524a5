package dev.certwright.x509;

import dev.certwright.x509.der.Oid;

/** Object identifiers of RFC 5280, RFC 8017, RFC 5480, RFC 8410 and of Kubernetes. */
public final class Oids {
  public static final Oid COMMON_NAME = Oid.of(2, 5, 4, 3);
  public static final Oid SERIAL_NUMBER = Oid.of(2, 5, 4, 5);
  public static final Oid COUNTRY = Oid.of(2, 5, 4, 6);
  public static final Oid LOCALITY = Oid.of(2, 5, 4, 7);
  public static final Oid STATE = Oid.of(2, 5, 4, 8);
  public static final Oid STREET = Oid.of(2, 5, 4, 9);
  public static final Oid ORGANIZATION = Oid.of(2, 5, 4, 10);
  public static final Oid ORGANIZATIONAL_UNIT = Oid.of(2, 5, 4, 11);
  public static final Oid EMAIL_ADDRESS = Oid.of(1, 2, 840, 113549, 1, 9, 1);

  /** The attribute kube-apiserver reads a uid from (rule X-18). */
  public static final Oid KUBERNETES_UID = Oid.of(1, 3, 6, 1, 4, 1, 57683, 2);

  public static final Oid SUBJECT_KEY_IDENTIFIER = Oid.of(2, 5, 29, 14);
  public static final Oid KEY_USAGE = Oid.of(2, 5, 29, 15);
  public static final Oid SUBJECT_ALTERNATIVE_NAME = Oid.of(2, 5, 29, 17);
  public static final Oid BASIC_CONSTRAINTS = Oid.of(2, 5, 29, 19);
  public static final Oid CRL_NUMBER = Oid.of(2, 5, 29, 20);
  public static final Oid REASON_CODE = Oid.of(2, 5, 29, 21);
  public static final Oid NAME_CONSTRAINTS = Oid.of(2, 5, 29, 30);
  public static final Oid CRL_DISTRIBUTION_POINTS = Oid.of(2, 5, 29, 31);
  public static final Oid CERTIFICATE_POLICIES = Oid.of(2, 5, 29, 32);
  public static final Oid POLICY_MAPPINGS = Oid.of(2, 5, 29, 33);
  public static final Oid AUTHORITY_KEY_IDENTIFIER = Oid.of(2, 5, 29, 35);
  public static final Oid POLICY_CONSTRAINTS = Oid.of(2, 5, 29, 36);
  public static final Oid INHIBIT_ANY_POLICY = Oid.of(2, 5, 29, 54);
  public static final Oid EXTENDED_KEY_USAGE = Oid.of(2, 5, 29, 37);
  public static final Oid AUTHORITY_INFO_ACCESS = Oid.of(1, 3, 6, 1, 5, 5, 7, 1, 1);

  public static final Oid ANY_EXTENDED_KEY_USAGE = Oid.of(2, 5, 29, 37, 0);
  public static final Oid SERVER_AUTH = Oid.of(1, 3, 6, 1, 5, 5, 7, 3, 1);
  public static final Oid CLIENT_AUTH = Oid.of(1, 3, 6, 1, 5, 5, 7, 3, 2);

  /** The attribute of a request that carries the extensions it asks for (RFC 2985 5.4.2). */
  public static final Oid EXTENSION_REQUEST = Oid.of(1, 2, 840, 113549, 1, 9, 14);

  /** The same in requests made by Windows (MS-WCCE 2.2.2.7.7.1). */
  public static final Oid MICROSOFT_CERTIFICATE_EXTENSIONS =
      Oid.of(1, 3, 6, 1, 4, 1, 311, 2, 1, 14);

  public static final Oid RSA_ENCRYPTION = Oid.of(1, 2, 840, 113549, 1, 1, 1);
  public static final Oid RSASSA_PSS = Oid.of(1, 2, 840, 113549, 1, 1, 10);
  public static final Oid SHA1_WITH_RSA = Oid.of(1, 2, 840, 113549, 1, 1, 5);
  public static final Oid MD5_WITH_RSA = Oid.of(1, 2, 840, 113549, 1, 1, 4);
  public static final Oid SHA256_WITH_RSA = Oid.of(1, 2, 840, 113549, 1, 1, 11);
  public static final Oid SHA384_WITH_RSA = Oid.of(1, 2, 840, 113549, 1, 1, 12);
  public static final Oid SHA512_WITH_RSA = Oid.of(1, 2, 840, 113549, 1, 1, 13);
  public static final Oid EC_PUBLIC_KEY = Oid.of(1, 2, 840, 10045, 2, 1);
  public static final Oid ECDSA_WITH_SHA1 = Oid.of(1, 2, 840, 10045, 4, 1);
  public static final Oid ECDSA_WITH_SHA256 = Oid.of(1, 2, 840, 10045, 4, 3, 2);
  public static final Oid ECDSA_WITH_SHA384 = Oid.of(1, 2, 840, 10045, 4, 3, 3);
  public static final Oid ECDSA_WITH_SHA512 = Oid.of(1, 2, 840, 10045, 4, 3, 4);
  public static final Oid P_224 = Oid.of(1, 3, 132, 0, 33);
  public static final Oid P_256 = Oid.of(1, 2, 840, 10045, 3, 1, 7);
  public static final Oid P_384 = Oid.of(1, 3, 132, 0, 34);
  public static final Oid P_521 = Oid.of(1, 3, 132, 0, 35);
  public static final Oid DSA = Oid.of(1, 2, 840, 10040, 4, 1);
  public static final Oid ED25519 = Oid.of(1, 3, 101, 112);

  private Oids() {}
}
