package dev.certwright.cli.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resources that every cluster has, where kubectl would ask the server: {@code deploy} is
 * {@code deployments} of {@code apps}. Of those with one name in several groups the first counts,
 * as the server orders them.
 */
final class KnownResources {
  private static final int FIELDS = 6;

  /**
   * One of them.
   *
   * @param plural as rules and URLs name it
   * @param singular lower-case kind
   * @param shortNames separated by commas
   * @param group empty for the core group
   * @param namespaced whether its objects belong to namespaces
   * @param subresources separated by commas
   */
  record Known(
      String plural,
      String singular,
      String shortNames,
      String group,
      boolean namespaced,
      String subresources) {

    boolean isCalled(String name) {
      return plural.equals(name) || singular.equals(name) || has(shortNames, name);
    }

    boolean hasSubresource(String name) {
      return has(subresources, name);
    }

    private static boolean has(String list, String name) {
      int at = list.indexOf(name);
      while (at >= 0) {
        int end = at + name.length();
        if ((at == 0 || list.charAt(at - 1) == ',')
            && (end == list.length() || list.charAt(end) == ',')) {
          return !name.isEmpty();
        }
        at = list.indexOf(name, at + 1);
      }
      return false;
    }
  }

  private final List<Known> all;

  private KnownResources(List<Known> all) {
    this.all = all;
  }

  static KnownResources load() {
    List<Known> all = new ArrayList<>();
    try (InputStream in = KnownResources.class.getResourceAsStream("known-resources.txt")) {
      if (in == null) {
        throw new IllegalStateException("known-resources.txt is missing from the program");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          all.add(known(line));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new KnownResources(all);
  }

  private static Known known(String line) {
    String[] fields = new String[FIELDS];
    int from = 0;
    for (int i = 0; i < FIELDS; i++) {
      int blank = line.indexOf(' ', from);
      int end = blank < 0 ? line.length() : blank;
      String field = line.substring(from, end);
      fields[i] = field.equals("-") ? "" : field;
      from = end + 1;
    }
    return new Known(
        fields[0], fields[1], fields[2], fields[3], fields[4].equals("namespaced"), fields[5]);
  }

  /** The first that has this name, plural, singular or short, in any group. */
  @Nullable Known find(String name) {
    for (Known known : all) {
      if (known.isCalled(name)) {
        return known;
      }
    }
    return null;
  }

  /** The one of a group. */
  @Nullable Known find(String name, String group) {
    for (Known known : all) {
      if (known.group().equals(group) && known.isCalled(name)) {
        return known;
      }
    }
    return null;
  }

  /** All plural names, for suggestions. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Known known : all) {
      names.add(known.plural());
    }
    return names;
  }
}
