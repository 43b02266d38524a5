package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.EquivalentEncodings;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A client's certificate in all the bytes in which whoever holds it can write it. */
final class Encodings {
  private Encodings() {}

  /**
   * Kubeconfigs that differ in that alone, the certificate's own bytes among them.
   *
   * @param client folder with client.crt and kubeconfig, beside which they are written
   */
  static List<Path> kubeconfigs(Path client) throws IOException {
    byte[] pem = Files.readAllBytes(client.resolve("client.crt"));
    String kubeconfig = Files.readString(client.resolve("kubeconfig"));
    Base64.Encoder base64 = Base64.getEncoder();
    assertThat(kubeconfig).contains(base64.encodeToString(pem));
    List<Path> files = new ArrayList<>();
    for (byte[] encoded : EquivalentEncodings.of(certificate(client))) {
      byte[] other = PemWriter.write(PemBlock.CERTIFICATE, encoded);
      files.add(
          Files.writeString(
              client.resolve("kubeconfig-" + files.size()),
              kubeconfig.replace(base64.encodeToString(pem), base64.encodeToString(other))));
    }
    return files;
  }

  /** The client's certificate. */
  static Certificate certificate(Path client) throws IOException {
    return Certificate.of(
        PemReader.read(Files.readAllBytes(client.resolve("client.crt"))).get(0).bytes());
  }
}
