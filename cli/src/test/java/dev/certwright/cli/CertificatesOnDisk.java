package dev.certwright.cli;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The certificates that can be read from files, however they came there. */
final class CertificatesOnDisk {
  private static final Pattern WHOLE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n");
  private static final Pattern EMBEDDED =
      Pattern.compile("client-certificate-data: \"([A-Za-z0-9+/]+=*)\"\n");

  private CertificatesOnDisk() {}

  /** The credential ids of all client certificates in files below a folder, also in kubeconfigs. */
  static List<String> under(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (name.equals("client.crt")) {
        addFirst(text, found);
      } else if (name.equals("kubeconfig")) {
        Matcher embedded = EMBEDDED.matcher(text);
        if (embedded.find()) {
          byte[] pem = Base64.getDecoder().decode(embedded.group(1));
          addFirst(new String(pem, StandardCharsets.ISO_8859_1), found);
        }
      }
    }
    return found;
  }

  /** All files below a folder; none if it is not there. */
  static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static void addFirst(String pem, List<String> found) {
    Matcher whole = WHOLE.matcher(pem);
    if (whole.find()) {
      PemBlock block = PemReader.read(whole.group().getBytes(StandardCharsets.ISO_8859_1)).get(0);
      found.add(Certificate.of(block.bytes()).credentialId().value());
    }
  }
}
