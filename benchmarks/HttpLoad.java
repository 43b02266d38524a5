import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * One load for all servers: the same POST over mutual TLS and HTTP/1.1 by some connections at once,
 * kept alive or made anew each time. Run as source by benchmarks/server.
 *
 * <p>URL BODY-FILE CLIENT.p12 CA.crt CONNECTIONS SECONDS keep|new [RATE]
 *
 * <p>With a rate, so many requests a second are begun at equal distances, and their time counts
 * from when they should have been. A body with {@code @@@@@@@@} has a number there that grows; then
 * SECONDS is how many requests are sent, and nothing is warmed up.
 */
public final class HttpLoad {
  private HttpLoad() {}

  public static void main(String[] words) throws Exception {
    URI url = URI.create(words[0]);
    byte[] body = Files.readAllBytes(Path.of(words[1]));
    SSLContext context = context(words[2], words[3]);
    int connections = Integer.parseInt(words[4]);
    boolean keep = words[6].equals("keep");
    byte[] head =
        ("POST "
                + url.getRawPath()
                + " HTTP/1.1\r\nHost: "
                + url.getAuthority()
                + "\r\nUser-Agent: load\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + (keep ? "" : "\r\nConnection: close")
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    int number = indexOf(request, "@@@@@@@@");
    long most = number < 0 ? Long.MAX_VALUE : Long.parseLong(words[5]);
    long warm = System.nanoTime() + (number < 0 ? 2_000_000_000L : 0);
    long end = number < 0 ? warm + Long.parseLong(words[5]) * 1_000_000_000L : Long.MAX_VALUE;
    long distance =
        words.length > 7 ? (long) (1e9 * connections / Double.parseDouble(words[7])) : 0;
    AtomicLong numbers = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    List<List<Long>> times = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      List<Long> own = new ArrayList<>();
      times.add(own);
      Thread thread =
          new Thread(
              () -> {
                try {
                  byte[] mine = request.clone();
                  run(
                      context,
                      url,
                      () -> {
                        long next = numbers.getAndIncrement();
                        if (number >= 0) {
                          byte[] digits =
                              String.format("%08d", next).getBytes(StandardCharsets.US_ASCII);
                          System.arraycopy(digits, 0, mine, number, digits.length);
                        }
                        return next < most ? mine : null;
                      },
                      keep,
                      warm,
                      end,
                      distance,
                      own);
                } catch (IOException failed) {
                  failures.incrementAndGet();
                  System.err.println(failed);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long[] all = times.stream().flatMap(List::stream).mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%.0f %.2f %.2f %d%n",
        all.length / ((Math.min(end, System.nanoTime()) - warm) / 1e9),
        all.length == 0 ? 0 : all[all.length / 2] / 1e6,
        all.length == 0 ? 0 : all[(int) (all.length * 0.99)] / 1e6,
        failures.get());
  }

  private static void run(
      SSLContext context,
      URI url,
      Supplier<byte[]> requests,
      boolean keep,
      long warm,
      long end,
      long distance,
      List<Long> times)
      throws IOException {
    SSLSocket socket = null;
    InputStream in = null;
    byte[] buffer = new byte[65536];
    // Until it counts, as fast as it goes: who is cold would be late from the beginning.
    long due = warm + (distance == 0 ? 0 : ThreadLocalRandom.current().nextLong(distance));
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      byte[] request = requests.get();
      if (request == null) {
        break;
      }
      if (distance > 0 && now > warm) {
        due += distance;
        while (due - System.nanoTime() > 0) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        now = due;
      }
      if (socket == null) {
        // A context that remembers a session would resume it where the server lets it.
        context.getClientSessionContext().setSessionCacheSize(1);
        socket = (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 65536);
      }
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      int status = answer(in, buffer);
      if (status != 200 && status != 201) {
        throw new IOException("status " + status);
      }
      long done = System.nanoTime();
      if (done > warm && done < end) {
        times.add(done - now);
      }
      if (!keep) {
        socket.getSession().invalidate();
        socket.close();
        socket = null;
      }
    }
  }

  private static int indexOf(byte[] all, String text) {
    return new String(all, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  // Status of an answer with a length; all of it is read.
  private static int answer(InputStream in, byte[] buffer) throws IOException {
    int length = 0;
    int status = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (status == 0) {
        status = Integer.parseInt(line.substring(9, 12));
      } else if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    for (int read = 0; read < length; ) {
      int count = in.read(buffer, 0, Math.min(buffer.length, length - read));
      if (count < 0) {
        throw new IOException("the answer is cut");
      }
      read += count;
    }
    return status;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static SSLContext context(String client, String authority) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(client)) {
      own.load(in, "x".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, "x".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = new FileInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
