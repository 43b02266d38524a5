package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Places;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code upstream/build} makes, or finds made. The system property {@code kubernetes} names
 * the version; all settings of that script hold.
 *
 * @param assets the folder with etcd, kube-apiserver, kubectl and kube-controller-manager
 * @param oracle the program that answers as upstream's code does
 */
public record Upstream(Path assets, Path oracle) {

  /** Builds what is missing, once in this process. */
  public static Upstream built() {
    return Once.BUILT;
  }

  private static final class Once {
    static final Upstream BUILT = build();
  }

  private static Upstream build() {
    String version = System.getProperty("kubernetes", "");
    Map<String, Path> made = run(version.isEmpty() ? List.of() : List.of(version));
    return new Upstream(made(made, "assets"), made(made, "oracle"));
  }

  /** The kubectl of a version, built if it is missing. */
  public static Path kubectl(String version) {
    return made(run(List.of("kubectl", version)), "kubectl");
  }

  /** All versions that are known, the baseline first and the oldest last. */
  public static List<String> versions() {
    try {
      String text = Files.readString(Places.module().resolve("upstream/versions"));
      Matcher line = Pattern.compile("(?m)^KUBERNETES_VERSIONS=\"(.+)\"$").matcher(text);
      if (!line.find()) {
        throw new AssertionError("upstream/versions names no versions: " + text);
      }
      return List.of(line.group(1).split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path made(Map<String, Path> made, String what) {
    Path path = made.get(what);
    if (path == null) {
      throw new AssertionError("upstream/build did not say where " + what + " is, but " + made);
    }
    return path;
  }

  private static Map<String, Path> run(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(Places.module().resolve("upstream/build").toString());
    command.addAll(words);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      Map<String, Path> made = new HashMap<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int equals = line.indexOf('=');
          if (equals > 0) {
            made.put(line.substring(0, equals), Path.of(line.substring(equals + 1)));
          }
        }
      }
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new AssertionError(command + " ended with " + exitCode + "; it says why above");
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
