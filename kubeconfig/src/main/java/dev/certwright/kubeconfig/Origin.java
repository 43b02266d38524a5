package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlPosition;

/**
 * The file an entry was defined in.
 *
 * @param file as it was named; relative paths of the entry are relative to its folder (KC-05)
 * @param position where the entry begins
 */
public record Origin(String file, YamlPosition position) {
  @Override
  public String toString() {
    return file + ":" + position.line();
  }
}
