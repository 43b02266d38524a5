package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlPosition;

/** A text is no kubeconfig; the message begins with {@code file:line:column}. */
public final class MalformedKubeconfigException extends KubeconfigException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;

  MalformedKubeconfigException(String file, YamlPosition position, String problem) {
    super(file + (position.line() == 0 ? "" : ":" + position) + ": " + problem);
    this.file = file;
    this.line = position.line();
  }

  MalformedKubeconfigException(YamlException cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.file = cause.source();
    this.line = cause.position().line();
  }

  /** The file as it was named. */
  public String file() {
    return file;
  }

  /** First line is 1; 0 if the problem concerns the whole file. */
  public int line() {
    return line;
  }
}
