package dev.certwright.x509.pem;

import java.util.Map;

/**
 * One block between {@code BEGIN} and {@code END}.
 *
 * @param label such as {@code CERTIFICATE}
 * @param headers RFC 1421 headers by name, in order; empty in all modern files
 * @param bytes the decoded contents; may be a private key, so never print them
 * @param line the line of {@code BEGIN}, counted from one
 */
@SuppressWarnings("ArrayRecordComponent")
public record PemBlock(String label, Map<String, String> headers, byte[] bytes, int line) {

  public static final String CERTIFICATE = "CERTIFICATE";
  public static final String CERTIFICATE_REQUEST = "CERTIFICATE REQUEST";

  /** The label that old Netscape and Java tools write; Kubernetes refuses it (rule CS-02). */
  public static final String NEW_CERTIFICATE_REQUEST = "NEW CERTIFICATE REQUEST";

  public static final String PRIVATE_KEY = "PRIVATE KEY";
  public static final String ENCRYPTED_PRIVATE_KEY = "ENCRYPTED PRIVATE KEY";
  public static final String EC_PRIVATE_KEY = "EC PRIVATE KEY";
  public static final String RSA_PRIVATE_KEY = "RSA PRIVATE KEY";

  @Override
  public String toString() {
    return label + " (line " + line + ", " + bytes.length + " bytes)";
  }
}
