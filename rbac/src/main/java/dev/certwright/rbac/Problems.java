package dev.certwright.rbac;

import java.util.List;

/** Several messages as one, as {@code k8s.io/apimachinery/pkg/util/errors} prints an aggregate. */
final class Problems {
  private Problems() {}

  /** The only message, or all of them in brackets; they are distinct. */
  static String aggregate(List<String> messages) {
    return messages.size() == 1 ? messages.get(0) : "[" + String.join(", ", messages) + "]";
  }
}
