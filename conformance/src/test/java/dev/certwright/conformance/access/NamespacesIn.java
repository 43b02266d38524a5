package dev.certwright.conformance.access;

import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.manifest.ManifestLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Which namespaces have to be there before a manifest is applied. */
final class NamespacesIn {
  private NamespacesIn() {}

  static Set<String> manifest(Path file) {
    ManifestLoader loader = ManifestLoader.lenient().replacing();
    try {
      loader.add(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set<String> namespaces = new TreeSet<>();
    for (RbacObject object : loader.manifest().objects()) {
      namespaces.add(object.namespace());
    }
    namespaces.remove("");
    return namespaces;
  }
}
