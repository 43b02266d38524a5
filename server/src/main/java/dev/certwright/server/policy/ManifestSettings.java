package dev.certwright.server.policy;

import java.util.List;

/**
 * Which manifests, and how they are taken.
 *
 * @param arguments files, folders and patterns as kubectl's {@code -f} takes them, or {@code -}
 * @param recursive whether folders in folders are read
 * @param defaults the Kubernetes version whose default roles are added, empty for none
 * @param lenient whether objects count that an API server would refuse
 * @param replacing whether later objects take the place of earlier ones of the same name
 */
public record ManifestSettings(
    List<String> arguments,
    boolean recursive,
    String defaults,
    boolean lenient,
    boolean replacing) {

  /** Copies the list. */
  public ManifestSettings {
    arguments = List.copyOf(arguments);
  }

  /** Nothing is read, nobody may do anything. */
  public static ManifestSettings none() {
    return new ManifestSettings(List.of(), false, "", false, false);
  }

  /** These files, strictly, with the default roles of a Kubernetes version. */
  public static ManifestSettings of(List<String> arguments, String defaults) {
    return new ManifestSettings(arguments, false, defaults, false, false);
  }
}
