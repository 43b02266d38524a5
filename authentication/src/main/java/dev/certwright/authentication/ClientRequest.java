package dev.certwright.authentication;

import java.util.Collection;
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
   * there. Bytes that belong to no character are kept as {@link dev.certwright.rbac.GoText} keeps
   * them.
   */
  List<String> headerValues(String name);

  /** The names of all headers, each once, whatever its case. */
  Collection<String> headerNames();

  /** The first value of a header, empty if it is not there. */
  default String header(String name) {
    List<String> values = headerValues(name);
    return values.isEmpty() ? "" : values.get(0);
  }

  /** The path as it is authorized: decoded, otherwise untouched (rule R-01). */
  String path();
}
