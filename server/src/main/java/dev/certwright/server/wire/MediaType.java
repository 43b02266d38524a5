package dev.certwright.server.wire;

/** A form in which objects travel. */
public enum MediaType {
  /** JSON, the usual one. */
  JSON("application/json"),
  /** YAML. */
  YAML("application/yaml"),
  /** Kubernetes' protobuf, with its envelope (rule KB-02). */
  PROTOBUF("application/vnd.kubernetes.protobuf");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  /** As headers have it. */
  public String text() {
    return text;
  }
}
