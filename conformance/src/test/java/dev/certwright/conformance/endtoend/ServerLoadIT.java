package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * More than a server should have to bear, given to one with a heap of 256 MB: it keeps within the
 * memory that is stated here, lets go of every descriptor, and answers afterwards. {@code
 * -Dconnections=N}, {@code -Dsoak.seconds=N} and {@code -Dload.seconds=N} choose how much.
 */
@Tag("endurance")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerLoadIT {
  /** Resident, at 10,000 connections: heap, TLS state of BoringSSL, code, threads. */
  private static final long MOST_KILOBYTES = 500 << 10;

  private static final int AT_ONCE = 200;
  private static final int RESETS = 200_000;

  private final Path folder = Places.newFolder("load");
  private final ServingProcess server;
  private final LoadClient clients;
  private final LoadClient clients2;
  private final Path manifests;
  private final int before;

  ServerLoadIT() throws IOException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    Path tokens = Files.writeString(folder.resolve("tokens.csv"), "robots-token,robot,7,bots\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(
        manifests.resolve("policy.yaml"),
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: asks}
        rules:
        - {apiGroups: [authorization.k8s.io], resources: [subjectaccessreviews], verbs: [create]}
        - {apiGroups: [authentication.k8s.io], resources: [tokenreviews], verbs: [create]}
        - {apiGroups: [""], resources: [pods], verbs: [get, list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: asks}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: asks}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
        """);
    writePods(0);
    server =
        ServingProcess.start(
            Certwright.in(folder).with("CERTWRIGHT_JAVA_OPTS", "-Xmx256m -XX:+UseSerialGC"),
            0,
            "--role",
            "review",
            "--role",
            "sandbox",
            "--role",
            "webhook",
            "--role",
            "authentication-webhook",
            "--webhook-allowed-names",
            "jane",
            "--token-auth-file",
            tokens.toString(),
            "-f",
            manifests.toString());
    Certwright.in(folder).run("issue", "jane", "--server", server.url()).expectSuccess();
    Path authority = folder.resolve("pki/ca.crt");
    Path jane = folder.resolve("clients/jane");
    clients = new LoadClient(server.url(), authority, jane, "http/1.1");
    clients2 = new LoadClient(server.url(), authority, jane, "h2");
    expectHealthy();
    before = descriptors();
  }

  @AfterAll
  void stop() {
    clients.close();
    clients2.close();
    server.close();
  }

  @AfterEach
  void the_server_is_healthy_and_has_let_go_of_everything() {
    expectHealthy();
    await("descriptors to be closed", Duration.ofMinutes(2), () -> descriptors() <= before + 20);
    assertThat(kilobytes("VmRSS")).as("resident kB").isLessThan(MOST_KILOBYTES);
  }

  private void expectHealthy() {
    try (RawClient one =
        new RawClient(server.url(), folder.resolve("pki/ca.crt"), folder.resolve("clients/jane"))) {
      assertThat(one.send("GET", "/readyz", "").body()).isEqualTo("ok");
    }
  }

  private int descriptors() {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
      return (int) all.count();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private long kilobytes(String what) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))) {
        if (line.startsWith(what + ":")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      throw new AssertionError("no " + what);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void await(String what, Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for " + what).isNegative();
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static void report(String what, String measured) {
    System.out.println("load, " + what + ": " + measured);
  }

  private static List<Channel> open(LoadClient clients, int count) {
    List<Channel> open = new ArrayList<>();
    Deque<CompletableFuture<Channel>> opening = new ArrayDeque<>();
    for (int i = 0; i < count; i++) {
      opening.add(clients.connect());
      if (opening.size() == AT_ONCE) {
        open.add(opening.remove().join());
      }
    }
    opening.forEach(one -> open.add(one.join()));
    return open;
  }

  private static void requireDescriptors(int count) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max open files")) {
          String hard = line.substring(26).strip().split(" +", -1)[1];
          assertThat(hard.equals("unlimited") || Long.parseLong(hard) >= count + 500)
              .as(
                  "a process may open %s files and needs %s: raise the hard limit (ulimit -Hn), or"
                      + " give fewer with -Dconnections=N",
                  hard, count + 500)
              .isTrue();
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void thousands_of_connections_that_do_nothing_fit() {
    int count = Integer.getInteger("connections", 10_000);
    requireDescriptors(count);
    long begun = System.nanoTime();
    List<Channel> open = open(clients, count);
    double seconds = (System.nanoTime() - begun) / 1e9;
    long resident = kilobytes("VmRSS");
    expectHealthy();
    long alive = open.stream().filter(Channel::isActive).count();
    // Who was first may have done nothing for as long as is allowed, on a machine that is slow.
    int young = seconds < 60 ? count : (int) (count * 30 / seconds);
    long youngAlive = open.stream().skip(count - young).filter(Channel::isActive).count();
    open.forEach(LoadClient::close);
    report(
        "idle",
        String.format(
            "%d connections opened in %.1f s, %d alive, %d MB resident",
            count, seconds, alive, resident >> 10));
    assertThat(youngAlive).isEqualTo(young);
    assertThat(resident).isLessThan(MOST_KILOBYTES);
  }

  @Test
  void connections_made_anew_as_fast_as_they_come_are_all_served() {
    long seconds = Integer.getInteger("load.seconds", 5);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Deque<CompletableFuture<Channel>> opening = new ArrayDeque<>();
    int made = 0;
    while (System.nanoTime() < end) {
      opening.add(clients.connect());
      if (opening.size() == AT_ONCE) {
        LoadClient.close(opening.remove().join());
        made++;
      }
    }
    for (CompletableFuture<Channel> one : opening) {
      LoadClient.close(one.join());
    }
    report(
        "new connections",
        String.format(
            "%.0f full handshakes a second for %d s, %d MB resident",
            made / (double) seconds, seconds, kilobytes("VmRSS") >> 10));
    assertThat(made).isPositive();
  }

  @Test
  void heads_that_never_end_are_closed() {
    List<Channel> open = open(clients, 1_000);
    for (Channel channel : open) {
      LoadClient.send(channel, "GET /healthz HTTP/1.1\r\nX-Slow: ");
    }
    long begun = System.nanoTime();
    // A byte each second keeps nobody in: the whole head has its time.
    while (open.stream().anyMatch(Channel::isActive)) {
      assertThat(System.nanoTime() - begun).isLessThan(Duration.ofMinutes(2).toNanos());
      for (Channel channel : open) {
        if (channel.isActive()) {
          LoadClient.send(channel, "x");
        }
      }
      expectHealthy();
      LockSupport.parkNanos(500_000_000);
    }
    report(
        "slow heads",
        String.format(
            "1000 closed within %.0f s, %d MB resident",
            (System.nanoTime() - begun) / 1e9, kilobytes("VmRSS") >> 10));
  }

  @Test
  void streams_reset_as_fast_as_they_are_opened_end_their_connections() {
    List<Channel> open = open(clients2, 20);
    long begun = System.nanoTime();
    for (Channel channel : open) {
      LoadClient.send(channel, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
    }
    int sent = 0;
    for (; sent < RESETS && open.stream().anyMatch(Channel::isActive); sent += 100) {
      for (Channel channel : open) {
        ByteBuf frames = Unpooled.buffer();
        for (int i = 0; i < 100; i++) {
          reset(frames, 2 * (sent + i) + 1);
        }
        LoadClient.send(channel, frames);
      }
    }
    report(
        "rapid reset",
        String.format(
            "20 connections closed after %d resets at most, %.1f s, %d MB resident",
            sent, (System.nanoTime() - begun) / 1e9, kilobytes("VmRSS") >> 10));
    assertThat(sent).isLessThan(RESETS);
  }

  // GET / over https as x.
  private static void head(ByteBuf frames, int stream) {
    frames.writeMedium(6).writeByte(1).writeByte(5).writeInt(stream);
    frames.writeByte(0x82).writeByte(0x87).writeByte(0x84).writeByte(1).writeByte(1).writeByte('x');
  }

  @Test
  void clients_that_take_no_answers_keep_nobody_out() {
    List<Channel> open = open(clients2, 100);
    for (Channel channel : open) {
      ByteBuf frames = Unpooled.buffer();
      frames.writeCharSequence("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", US_ASCII);
      // SETTINGS_INITIAL_WINDOW_SIZE of 0.
      frames.writeMedium(6).writeByte(4).writeByte(0).writeInt(0).writeShort(4).writeInt(0);
      for (int i = 0; i < 100; i++) {
        head(frames, 2 * i + 1);
      }
      LoadClient.send(channel, frames);
      expectHealthy();
    }
    long alive = open.stream().filter(Channel::isActive).count();
    report(
        "answers not taken",
        String.format(
            "10,000 on 100 connections, of which %d were left, %d MB resident",
            alive, kilobytes("VmRSS") >> 10));
    open.forEach(LoadClient::close);
    assertThat(alive).isLessThan(100);
  }

  // As above, then RST_STREAM with CANCEL.
  private static void reset(ByteBuf frames, int stream) {
    head(frames, stream);
    frames.writeMedium(4).writeByte(3).writeByte(0).writeInt(stream).writeInt(8);
  }

  @Test
  void a_hundred_megabytes_of_head_are_not_kept() {
    long resident = kilobytes("VmRSS");
    byte[] block = "a".repeat(16_000).getBytes(US_ASCII);
    Channel one = clients.connect().join();
    LoadClient.send(one, "GET /healthz HTTP/1.1\r\nX-Large: ");
    long sent = 0;
    while (sent < 100_000_000 && LoadClient.send(one, Unpooled.wrappedBuffer(block))) {
      sent += block.length;
    }
    LoadClient.close(one);
    // The same over HTTP/2: a head whose continuations do not end.
    Channel two = clients2.connect().join();
    LoadClient.send(two, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
    ByteBuf first = Unpooled.buffer();
    first.writeMedium(1).writeByte(1).writeByte(0).writeInt(1).writeByte(0x82);
    LoadClient.send(two, first);
    long sent2 = 0;
    boolean taken = true;
    while (sent2 < 100_000_000 && taken) {
      ByteBuf next = Unpooled.buffer();
      next.writeMedium(block.length).writeByte(9).writeByte(0).writeInt(1).writeBytes(block);
      taken = LoadClient.send(two, next);
      sent2 += block.length;
    }
    LoadClient.close(two);
    long grown = kilobytes("VmRSS") - resident;
    report(
        "large heads",
        String.format(
            "%d kB taken over HTTP/1.1, %d kB over HTTP/2, resident grew by %d kB",
            sent >> 10, sent2 >> 10, grown));
    assertThat(grown).isLessThan(100_000);
  }

  /** As many pods as it takes to see what is kept of them, each another one each time. */
  private void writePods(int generation) throws IOException {
    StringBuilder pods = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      pods.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: pod-")
          .append(i)
          .append(", labels: {generation: g")
          .append(generation)
          .append("}}\nspec: {containers: [{name: one, image: example.com/one}]}\n");
    }
    Path next = Files.writeString(folder.resolve("next.yaml"), pods);
    Files.move(
        next,
        manifests.resolve("pods.yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void memory_and_descriptors_stay_flat() throws Exception {
    long seconds = Integer.getInteger("soak.seconds", 20);
    Path authority = folder.resolve("pki/ca.crt");
    Path jane = folder.resolve("clients/jane");
    long third = 0;
    long begun = System.nanoTime();
    long end = begun + Duration.ofSeconds(seconds).toNanos();
    List<Channel> watches = new ArrayList<>();
    MixedLoad mix = new MixedLoad(server.url(), authority, jane);
    try (mix) {
      for (int generation = 1; System.nanoTime() < end; generation++) {
        writePods(generation);
        watches.forEach(LoadClient::close);
        watches = open(clients, 10);
        watches.forEach(
            channel ->
                LoadClient.send(
                    channel, "GET /api/v1/pods?watch=true HTTP/1.1\r\nHost: x\r\n\r\n"));
        List<Channel> fresh = open(clients, 50);
        mix.sendAll();
        fresh.forEach(channel -> LoadClient.send(channel, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n"));
        fresh.forEach(LoadClient::close);
        if (third == 0 && System.nanoTime() - begun > (end - begun) / 3) {
          third = kilobytes("VmRSS");
        }
      }
    }
    watches.forEach(LoadClient::close);
    long last = kilobytes("VmRSS");
    report(
        "soak",
        String.format(
            "%d s, %d answers, %d MB resident after a third, %d MB at the end, %d descriptors"
                + " before, %d after",
            seconds, mix.answers(), third >> 10, last >> 10, before, descriptors()));
    assertThat(mix.kinds()).as("each kind of request was answered as it should").hasSize(12);
    // A heap may still grow to what it is allowed; what leaks goes on.
    assertThat(last).isLessThan(third + third / 5 + (32 << 10));
  }
}
