package dev.certwright.rbac.manifest;

/**
 * Something in a file that is not as it should be.
 *
 * @param source name of the file
 * @param line where, the nearest that is known; 0 for the whole file
 * @param object {@code Kind "name"} of the object it is in, or empty
 * @param field path of the field as upstream writes it, {@code rules[0].verbs}, or empty
 * @param message in upstream's words where upstream checks it too
 */
public record Problem(String source, int line, String object, String field, String message) {

  /** {@code file:line: object: field: message}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(source);
    if (line > 0) {
      out.append(':').append(line);
    }
    if (!object.isEmpty()) {
      out.append(": ").append(object);
    }
    if (!field.isEmpty()) {
      out.append(": ").append(field);
    }
    return out.append(": ").append(message).toString();
  }
}
