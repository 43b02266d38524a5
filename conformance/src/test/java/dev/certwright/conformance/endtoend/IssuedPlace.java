package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A ledger and the clients that it tells of, and what was found good of them so far. */
final class IssuedPlace {
  private static final Pattern WHOLE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n");
  private static final Pattern EMBEDDED =
      Pattern.compile("client-certificate-data: \"([A-Za-z0-9+/]+=*)\"\n");
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final Path home;
  private final Path clients;
  private final Ledger ledger;
  private final Set<Path> checked = new HashSet<>();
  private int entries;

  IssuedPlace(Path folder, Ledger ledger) {
    home = folder.resolve("home");
    clients = folder.resolve("clients");
    this.ledger = ledger;
  }

  /** With a ledger in a file. */
  static IssuedPlace in(Path folder) {
    Path home = folder.resolve("home");
    return new IssuedPlace(
        folder, new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE));
  }

  /** Where the ledger and its index are, if they are files. */
  Path home() {
    return home;
  }

  /** Where clients appear. */
  Path folder() {
    return clients;
  }

  /** How many entries there were at the last check. */
  int entries() {
    return entries;
  }

  /** How many clients were found good. */
  int checked() {
    return checked.size();
  }

  /** Every client is whole and in the ledger, every certificate in it, and the chain holds. */
  void check() throws IOException {
    for (Problem problem : ledger.verify(null).problems()) {
      assertThat(problem.kind()).as(problem.text()).isEqualTo(Problem.Kind.TORN_END);
    }
    Set<String> recorded = new HashSet<>();
    EntryReader reader = new EntryReader();
    ledger.read(
        line -> recorded.add(((Issued) reader.read(line).event()).certificate().credentialId()));
    assertThat(recorded.size()).as("entries").isGreaterThanOrEqualTo(entries);
    entries = recorded.size();
    for (Path client : clients()) {
      if (checked.add(client)) {
        check(client, recorded);
      }
    }
    assertThat(entries).isGreaterThanOrEqualTo(checked.size());
    assertThat(staged()).filteredOn(found -> !recorded.contains(found)).isEmpty();
  }

  /** The credential ids of certificates that have not reached their place. */
  private List<String> staged() throws IOException {
    Path staging = clients.resolve(".staging");
    List<String> found = new ArrayList<>();
    if (Files.exists(staging)) {
      try (Stream<Path> all = Files.walk(staging)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          if (file.endsWith("client.crt")) {
            addFirst(text, found);
          } else if (file.endsWith("kubeconfig")) {
            Matcher embedded = EMBEDDED.matcher(text);
            if (embedded.find()) {
              byte[] pem = Base64.getDecoder().decode(embedded.group(1));
              addFirst(new String(pem, StandardCharsets.ISO_8859_1), found);
            }
          }
        }
      }
    }
    return found;
  }

  private static void addFirst(String pem, List<String> found) {
    Matcher whole = WHOLE.matcher(pem);
    if (whole.find()) {
      byte[] block = whole.group().getBytes(StandardCharsets.ISO_8859_1);
      found.add(Certificate.of(PemReader.read(block).get(0).bytes()).credentialId().value());
    }
  }

  /** What has reached its place. */
  List<Path> clients() throws IOException {
    if (!Files.exists(clients)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(clients)) {
      return all.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static void check(Path client, Set<String> recorded) throws IOException {
    Certificate certificate = AuthorityFiles.readCertificates(client.resolve("client.crt")).get(0);
    assertThat(recorded).contains(certificate.credentialId().value());
    assertThat(
            CRYPTOGRAPHY
                .signingKey(
                    PrivateKeyReader.read(
                        Files.readAllBytes(client.resolve("client.key")), PasswordSource.NONE))
                .publicKey())
        .isEqualTo(certificate.publicKey());
    assertThat(client.resolve("client.csr")).isNotEmptyFile();
    assertThat(Files.readString(client.resolve("kubeconfig")))
        .endsWith("\n")
        .contains("current-context");
  }
}
