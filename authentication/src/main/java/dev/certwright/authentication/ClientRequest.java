package dev.certwright.authentication;

import java.util.List;

/** What of a request may say who sends it. */
public interface ClientRequest {

  /**
   * What the client presented in the TLS handshake, DER, leaf first; empty if nothing. The client
   * has proved that it has the leaf's key, and nothing else is checked. Must not be changed.
   */
  List<byte[]> clientCertificates();

  /**
   * All values of a header in their order, its name compared without case; empty if it is not
   * there.
   */
  List<String> headerValues(String name);

  /** The path as it is authorized: decoded, otherwise untouched (rule R-01). */
  String path();
}
