package dev.certwright.conformance.controlplane;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A real identity provider over HTTPS, with one realm; gone with everything when it is closed. */
public final class Keycloak implements AutoCloseable {
  /** Of the realm that administers the others. */
  public static final String ADMINISTRATOR = "administrator";

  private static final String REALM = "cluster";

  private final GuardedProcess process;
  private final int port;

  private Keycloak(GuardedProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until its realm is there.
   *
   * @param folder of its own
   * @param pki whose server certificate it shows
   */
  public static Keycloak start(Path folder, Pki pki) {
    Path scratch = folder.resolve("keycloak");
    Path home = unpack(distribution(), scratch);
    try {
      Files.copy(
          Places.root().resolve("examples/keycloak/realm.json"),
          Files.createDirectories(home.resolve("data/import")).resolve("realm.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ReadinessProbe probe =
        ReadinessProbe.of(pki, "/realms/" + REALM + "/.well-known/openid-configuration");
    Servers.Started started =
        Servers.start(
            port ->
                List.of(
                    "/usr/bin/env",
                    "JAVA_OPTS_KC_HEAP=-Xms64m -Xmx512m",
                    "JAVA_HOME=" + System.getProperty("java.home"),
                    "KC_BOOTSTRAP_ADMIN_USERNAME=" + ADMINISTRATOR,
                    "KC_BOOTSTRAP_ADMIN_PASSWORD=" + ADMINISTRATOR,
                    "/bin/sh",
                    home.resolve("bin/kc.sh").toString(),
                    "start-dev",
                    "--import-realm",
                    "--http-enabled=false",
                    "--http-host=127.0.0.1",
                    "--hostname=https://127.0.0.1:" + port,
                    "--https-port=" + port,
                    "--https-certificate-file=" + pki.folder().resolve("server.crt"),
                    "--https-certificate-key-file=" + pki.folder().resolve("server.key")),
            scratch,
            folder.resolve("keycloak.log"),
            probe::problem);
    return new Keycloak(started.process(), started.port());
  }

  /** Where its distribution is kept. */
  public static Path distribution() {
    return Path.of(System.getProperty("keycloak"));
  }

  /** Its distribution as people have it, under another name. */
  public static void unpackAs(Path folder) throws IOException {
    Path home = unpack(distribution(), Files.createTempDirectory(folder.getParent(), "unpacked"));
    Files.move(home, folder);
    Files.setPosixFilePermissions(
        folder.resolve("bin/kc.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path unpack(Path zip, Path into) {
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      Path home = into;
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException(entry.getName() + " lies outside");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          home = target.getParent() != null && target.getParent().equals(into) ? target : home;
        } else {
          Files.createDirectories(target.getParent() == null ? into : target.getParent());
          Files.copy(entries, target);
        }
      }
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code https://127.0.0.1:PORT}. */
  public String url() {
    return "https://127.0.0.1:" + port;
  }

  /** The issuer of its realm's tokens. */
  public String issuer() {
    return url() + "/realms/" + REALM;
  }

  /** What it printed so far. */
  public String log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
