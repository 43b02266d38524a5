package dev.certwright.kubeconfig;

/** The three lists of named entries a kubeconfig has. */
public enum EntryKind {
  /** API servers. */
  CLUSTER("clusters", "cluster"),
  /** Users, upstream's AuthInfos. */
  USER("users", "user"),
  /** Contexts. */
  CONTEXT("contexts", "context");

  private final String list;
  private final String field;

  EntryKind(String list, String field) {
    this.list = list;
    this.field = field;
  }

  /** Name of the list in a file: {@code clusters}. */
  public String list() {
    return list;
  }

  /** Name of the field an entry's content is in: {@code cluster}. */
  public String field() {
    return field;
  }
}
