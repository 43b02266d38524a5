package dev.certwright.x509.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The paths of NIST PKITS, with upstream's verdicts instead of NIST's: upstream looks at policies
 * and revocation with other eyes. Runs in the profile {@code suites}.
 */
@Tag("suites")
final class PkitsTest {
  private static final Instant TIME = Instant.parse("2012-06-01T00:00:00Z");
  private static final int PATHS = 247;

  private record PathOfCertificates(String number, List<String> certificates) {}

  @Test
  void everyVerdictIsUpstreams() throws IOException {
    Path folder = Suites.folder().resolve("pkits");
    List<PathOfCertificates> paths = paths(folder);
    ClientVerification verification = new ClientVerification(new PortableSignatureVerifier());
    List<String> found = new ArrayList<>();
    for (Purpose purpose : List.of(Purpose.CLIENT_AUTHENTICATION, Purpose.ANY)) {
      for (PathOfCertificates path : paths) {
        List<byte[]> certificates = new ArrayList<>();
        for (String name : path.certificates) {
          certificates.add(0, Files.readAllBytes(folder.resolve("certs").resolve(name + ".crt")));
        }
        TrustAnchors anchor =
            TrustAnchors.of(List.of(Certificate.of(certificates.remove(certificates.size() - 1))));
        ChainAnswer answer =
            ChainAnswer.of(
                path.number, verification.verifyEncoded(certificates, anchor, TIME, purpose));
        found.add(
            path.number
                + (purpose == Purpose.ANY ? "\tany\t" : "\tclientAuth\t")
                + (answer.ok() ? "user " + answer.name() : answer.stage()));
      }
    }

    assertThat(paths).hasSize(PATHS);
    assertThat(found).isEqualTo(verdicts());
  }

  private static List<String> verdicts() throws IOException {
    try (InputStream in = PkitsTest.class.getResourceAsStream("pkits-verdicts.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  private static List<PathOfCertificates> paths(Path folder) throws IOException {
    List<PathOfCertificates> paths = new ArrayList<>();
    byte[] bytes = Files.readAllBytes(folder.resolve("paths.json"));
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), bytes)) {
      String number = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token != JsonToken.PROPERTY_NAME) {
          continue;
        }
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals("number")) {
          number = parser.getString();
        } else if (field.equals("certificates")) {
          List<String> names = new ArrayList<>();
          while (parser.nextToken() == JsonToken.VALUE_STRING) {
            names.add(parser.getString());
          }
          paths.add(new PathOfCertificates(number, names));
        }
      }
    }
    return paths;
  }
}
