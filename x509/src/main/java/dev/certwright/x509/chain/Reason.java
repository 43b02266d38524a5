package dev.certwright.x509.chain;

/**
 * Why a client is refused. Where several paths fail for different reasons, the one that stands
 * further down here is reported: the path that failed there had come further.
 */
public enum Reason {
  /** The bundle of trusted CAs cannot be used. */
  BAD_BUNDLE,
  /** No certificate was presented. */
  NOTHING_PRESENTED,
  /** A presented certificate cannot be read. */
  UNREADABLE,
  /** An RSA key of more than 8192 bits was presented. */
  KEY_TOO_LARGE,
  /** The leaf's key is neither RSA, ECDSA nor Ed25519. */
  KEY_TYPE,

  /** No certificate bears the issuer's name. */
  UNKNOWN_AUTHORITY,
  /** The only issuer is the certificate itself in another form. */
  LOOP,
  /** A CA with the issuer's name did not make the signature. */
  OTHER_KEY,
  /** The signature does not fit, although the issuer is the one whose key is named. */
  BAD_SIGNATURE,
  /** The issuer's key is of a kind or size that is not accepted. */
  UNUSABLE_AUTHORITY_KEY,
  /** The signature is of an algorithm that is not accepted. */
  UNUSABLE_ALGORITHM,
  /** The issuer is not a CA. */
  NOT_A_CA,
  /** The issuer's key usage forbids it to sign certificates. */
  NOT_FOR_SIGNING,
  /** So many candidates had to be tried that upstream gives up. */
  SEARCH_LIMIT,
  /** An issuer has a critical extension that upstream does not know. */
  AUTHORITY_CRITICAL_EXTENSION,
  /** An issuer counts later. */
  AUTHORITY_NOT_YET_VALID,
  /** An issuer has expired. */
  AUTHORITY_EXPIRED,
  /** More CAs stand below an issuer than it allows. */
  PATH_TOO_LONG,
  /** The policies demanded along the chain exclude each other. */
  POLICY,
  /** A certificate of the chain is not for client authentication. */
  PURPOSE,
  /** A name in the chain is one that a CA above it must not certify. */
  NAME_CONSTRAINT,

  /** The leaf has a critical extension that upstream does not know. */
  CRITICAL_EXTENSION,
  /** The leaf counts later. */
  NOT_YET_VALID,
  /** The leaf has expired. */
  EXPIRED,

  /** The subject holds more than one uid. */
  SEVERAL_UIDS,
  /** The subject holds an empty uid. */
  EMPTY_UID,
  /** The subject holds no Common Name, or its last one is empty. */
  NO_COMMON_NAME
}
