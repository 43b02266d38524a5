package dev.certwright.authentication.testing;

import dev.certwright.authentication.ClientRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request with headers and certificates. */
public final class HeaderRequest implements ClientRequest {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final List<byte[]> certificates;

  private HeaderRequest(List<byte[]> certificates) {
    this.certificates = certificates;
  }

  /** Names and values by turns. */
  public static HeaderRequest of(String... fields) {
    return new HeaderRequest(List.of()).with(fields);
  }

  /** The same from somebody with a certificate. */
  public static HeaderRequest from(byte[] certificate, String... fields) {
    return new HeaderRequest(List.of(certificate)).with(fields);
  }

  private HeaderRequest with(String... fields) {
    for (int i = 0; i < fields.length; i += 2) {
      headers.computeIfAbsent(fields[i], name -> new ArrayList<>()).add(fields[i + 1]);
    }
    return this;
  }

  @Override
  public List<byte[]> clientCertificates() {
    return certificates;
  }

  @Override
  public List<String> headerValues(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public Collection<String> headerNames() {
    return headers.keySet();
  }

  @Override
  public String path() {
    return "/";
  }
}
