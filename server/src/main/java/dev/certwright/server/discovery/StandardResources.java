package dev.certwright.server.discovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The resources that kube-apiserver has by itself. */
final class StandardResources {
  private static final String FILE = "resources.txt";

  private StandardResources() {}

  static List<ResourceType> read() {
    List<ResourceType> types = new ArrayList<>();
    try (InputStream in = StandardResources.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("  ")) {
          ResourceType last = types.remove(types.size() - 1);
          types.add(with(last, subresource(line.substring(2).split(" ", -1))));
        } else if (!line.startsWith("#")) {
          types.add(resource(line.split(" ", -1)));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return types;
  }

  private static ResourceType resource(String[] fields) {
    return new ResourceType(
        text(fields[0]),
        fields[1],
        fields[2],
        fields[3],
        text(fields[4]),
        fields[5].equals("Namespaced"),
        list(fields[6]),
        list(fields[7]),
        list(fields[8]),
        List.of(),
        null);
  }

  private static Subresource subresource(String[] fields) {
    boolean own = fields[2].equals(".");
    return new Subresource(
        fields[0], own ? "" : text(fields[1]), own ? "" : fields[2], fields[3], list(fields[4]));
  }

  private static ResourceType with(ResourceType type, Subresource subresource) {
    List<Subresource> all = new ArrayList<>(type.subresources());
    all.add(subresource);
    return new ResourceType(
        type.group(),
        type.version(),
        type.resource(),
        type.kind(),
        type.singular(),
        type.namespaced(),
        type.verbs(),
        type.shortNames(),
        type.categories(),
        all,
        null);
  }

  private static String text(String field) {
    return field.equals("-") ? "" : field;
  }

  private static List<String> list(String field) {
    return field.equals("-") ? List.of() : List.of(field.split(",", -1));
  }
}
