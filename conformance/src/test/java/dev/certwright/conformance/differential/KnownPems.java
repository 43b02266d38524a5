package dev.certwright.conformance.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** PEM that a kubeconfig may name or hold: constant, so that a seed makes the same questions. */
final class KnownPems {
  /** Of a CA, valid for a hundred years. */
  static final String CERTIFICATE =
      """
      -----BEGIN CERTIFICATE-----
      MIIBbjCCARWgAwIBAgIUMt/BzXF6bLzJObGTjFpwgOhL0r0wCgYIKoZIzj0EAwIw
      DDEKMAgGA1UEAwwBYTAgFw0yNjExMzAyMDA4MjNaGA8yMTI2MTEwNjIwMDgyM1ow
      DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHuRCKkNI8gC
      Zr61oLep9VlbklmRvR4VTRQyzu8u5v0UFidAaDbXuDjSF4VzXjC//PHEcofAkyeo
      Oy7q/upuCjWjUzBRMB0GA1UdDgQWBBTzsKwrC3iRh8DW0J++TgoSqilNjTAfBgNV
      HSMEGDAWgBTzsKwrC3iRh8DW0J++TgoSqilNjTAPBgNVHRMBAf8EBTADAQH/MAoG
      CCqGSM49BAMCA0cAMEQCIFqgeGudJdG8/MLTST0s+ySxWVY+XTMV5SE76WrrVCUw
      AiBta8wYto8ys7Lm6r9PKerjy2zIcDh6QO71FXIK78LFFQ==
      -----END CERTIFICATE-----
      """;

  /** The private key of that certificate. */
  static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfidbD7e7S3qh7a+s
      SDMtroDH12Ozbko2aryQJCiZfVqhRANCAAR7kQipDSPIAma+taC3qfVZW5JZkb0e
      FU0UMs7vLub9FBYnQGg217g40heFc14wv/zxxHKHwJMnqDsu6v7qbgo1
      -----END PRIVATE KEY-----
      """;

  /** The private key of no certificate here. */
  static final String OTHER_KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgo+zyIV3FWNaxqx6y
      dD1tv5ebVPL66ryjx73WbtCyKfmhRANCAAROz94e9KRo2o4rfm8UJdsg5t44gcPS
      oGmoWVW9LsMjWX8VT8UdOdT10KmlE064hUILm+DL4JpEXedlKsnoojxm
      -----END PRIVATE KEY-----
      """;

  private static final Map<String, String> READ = new ConcurrentHashMap<>();

  private KnownPems() {}

  /** One of those that lie in files, such as {@code rsa.crt} and {@code rsa.key}. */
  static String of(String name) {
    return READ.computeIfAbsent(name, KnownPems::read);
  }

  private static String read(String name) {
    try (InputStream in = KnownPems.class.getResourceAsStream("pem/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
