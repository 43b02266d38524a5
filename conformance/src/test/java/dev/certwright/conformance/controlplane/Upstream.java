package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Places;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<String> command = new ArrayList<>();
    command.add(Places.module().resolve("upstream/build").toString());
    String version = System.getProperty("kubernetes", "");
    if (!version.isEmpty()) {
      command.add(version);
    }
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String assets = "";
      String oracle = "";
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("assets=")) {
            assets = line.substring("assets=".length());
          } else if (line.startsWith("oracle=")) {
            oracle = line.substring("oracle=".length());
          }
        }
      }
      int exitCode = process.waitFor();
      if (exitCode != 0 || assets.isEmpty() || oracle.isEmpty()) {
        throw new AssertionError(command + " ended with " + exitCode + "; it says why above");
      }
      return new Upstream(Path.of(assets), Path.of(oracle));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
