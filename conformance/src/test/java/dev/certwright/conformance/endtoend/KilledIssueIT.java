package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Issued;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of the program, as many times as {@code -Dkills} says, at moments that are drawn over the
 * whole of its run. Whenever that is: every client that is there is whole, every certificate stands
 * in the ledger, also one that has not reached its place, and the chain holds.
 */
@Tag("endurance")
class KilledIssueIT {
  /** {@code -Dkills=1000} for a whole proof; few in each run, since each costs a start of Java. */
  private static final int KILLS = Integer.parseInt(System.getProperty("kills", "50"));

  private static final int LONG_LISTS = Math.max(1, KILLS * 3 / 100);
  private static final int SHORT_LISTS = KILLS * 37 / 100;
  private static final int SINGLE = KILLS - SHORT_LISTS - LONG_LISTS;
  private static final Pattern WHOLE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n");
  private static final Pattern EMBEDDED =
      Pattern.compile("client-certificate-data: \"([A-Za-z0-9+/]+=*)\"\n");
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final Path folder = Places.newFolder("killed");
  private final Random random = new Random(20);
  private Place place = new Place(folder.resolve("first"));
  private int killed;
  private int recordedOnly;

  KilledIssueIT() {
    certwright().run("ca", "init").expectSuccess();
  }

  private Program certwright() {
    return Certwright.in(folder)
        .with("CERTWRIGHT_CA", folder.resolve("pki"))
        .with("CERTWRIGHT_SERVER", "https://10.0.0.1:6443")
        .with("CERTWRIGHT_OUT", place.clients)
        .with("CERTWRIGHT_HOME", place.home);
  }

  /** A ledger and the clients that it tells of, and what was found good of them so far. */
  private static final class Place {
    private final Path home;
    private final Path clients;
    private final Set<Path> checked = new HashSet<>();
    private int entries;

    Place(Path folder) {
      home = folder.resolve("home");
      clients = folder.resolve("clients");
    }

    void check() throws IOException {
      FileLedger ledger = new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE);
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

    List<Path> clients() throws IOException {
      if (!Files.exists(clients)) {
        return List.of();
      }
      try (Stream<Path> all = Files.list(clients)) {
        return all.filter(path -> !path.getFileName().toString().startsWith(".")).toList();
      }
    }

    private static void check(Path client, Set<String> recorded) throws IOException {
      Certificate certificate =
          AuthorityFiles.readCertificates(client.resolve("client.crt")).get(0);
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

  /** How long it takes when nobody kills it, in microseconds. */
  private long duration(String name, int people) throws Exception {
    long[] nanos = new long[5];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      assertThat(start(name + "-unharmed" + i, people).waitFor()).isZero();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length / 2]);
  }

  private Process start(String name, int people) throws IOException {
    if (people == 1) {
      return certwright().start("issue", name, "devs");
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < people; i++) {
      list.append(name).append('-').append(i).append(",devs\n");
    }
    Path file = Files.writeString(folder.resolve("people.csv"), list);
    return certwright().start("issue", "--from", file.toString());
  }

  /** Before the first quarter of its time Java itself starts. */
  private void kill(String name, int people, long duration) throws Exception {
    int entries = place.entries;
    int clients = place.checked.size();
    Process process = start(name, people);
    long moment = duration / 4 + random.nextLong(duration * 3 / 4);
    boolean ended = process.waitFor(moment, TimeUnit.MICROSECONDS);
    process.destroyForcibly().waitFor();
    process.getInputStream().close();
    place.check();
    killed += ended ? 0 : 1;
    recordedOnly += place.entries - entries > place.checked.size() - clients ? 1 : 0;
  }

  private void report(String what, long duration) {
    System.err.println(
        what
            + ": "
            + killed
            + " killed while they ran ("
            + duration / 1000
            + " ms), "
            + recordedOnly
            + " of them between entry and files");
    killed = 0;
    recordedOnly = 0;
  }

  @Test
  void killed_runs_leave_nothing_half_there_and_nothing_out_of_the_ledger() throws Exception {
    long duration = duration("single", 1);
    for (int run = 0; killed < SINGLE; run++) {
      kill("user" + run, 1, duration);
    }
    assertThat(start("last", 1).waitFor()).isZero();
    place.check();
    assertThat(place.clients()).contains(place.clients.resolve("last"));
    report("single", duration);

    duration = duration("short", 20);
    for (int run = 0; killed < SHORT_LISTS; run++) {
      place = run % 50 == 0 ? new Place(folder.resolve("short" + run)) : place;
      kill("short" + run, 20, duration);
    }
    report("lists of 20", duration);

    place = new Place(folder.resolve("unharmed"));
    duration = duration("long", 1500);
    for (int run = 0; killed < LONG_LISTS; run++) {
      place = new Place(folder.resolve("long" + run));
      kill("long" + run, 1500, duration);
      if (run % 10 == 0) {
        // What was killed goes on where it stopped.
        assertThat(start("long" + run, 1500).waitFor()).isZero();
        place.check();
        assertThat(place.clients()).hasSize(1500);
      }
      delete(place.clients);
    }
    report("lists of 1500", duration);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(tree)) {
        all = new ArrayList<>(walk.toList());
      }
      java.util.Collections.reverse(all);
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
