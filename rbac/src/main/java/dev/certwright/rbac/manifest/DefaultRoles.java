package dev.certwright.rbac.manifest;

import dev.certwright.rbac.RbacException;
import dev.certwright.rbac.RbacObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The roles and bindings that kube-apiserver makes at its start (rules BP-01 to BP-07), as
 * upstream's own code gives them with the feature gates that are on by default.
 */
public final class DefaultRoles {
  private static final List<String> VERSIONS =
      List.of("1.32", "1.33", "1.34", "1.35", "1.36", "1.37");

  private DefaultRoles() {}

  /** The Kubernetes versions there are, oldest first. */
  public static List<String> versions() {
    return VERSIONS;
  }

  /** The newest of {@link #versions}. */
  public static String newest() {
    return VERSIONS.get(VERSIONS.size() - 1);
  }

  /**
   * The objects of one version. Of the roles {@code admin}, {@code edit} and {@code view} the rules
   * come by aggregation.
   *
   * @param version major and minor, {@code 1.37}; a patch level behind it is not looked at
   * @throws RbacException if this version is not among {@link #versions}
   */
  public static List<RbacObject> of(String version) {
    byte[] written = written(version);
    String source = "default roles of Kubernetes " + minor(version);
    ManifestLoader loader = ManifestLoader.strict();
    loader.add(source, written);
    return loader.manifest().orThrow().objects();
  }

  /**
   * The same as an API server stores them, one JSON object a line.
   *
   * @throws RbacException if this version is not among {@link #versions}
   */
  public static byte[] written(String version) {
    String minor = minor(version);
    if (!VERSIONS.contains(minor)) {
      throw new RbacException(
          "no default roles of Kubernetes " + version + ", there are those of " + VERSIONS);
    }
    return read("default-roles-" + minor + ".jsonl");
  }

  private static String minor(String version) {
    String plain = version.startsWith("v") ? version.substring(1) : version;
    int first = plain.indexOf('.');
    int second = first < 0 ? -1 : plain.indexOf('.', first + 1);
    return second < 0 ? plain : plain.substring(0, second);
  }

  private static byte[] read(String name) {
    try (InputStream in = DefaultRoles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
