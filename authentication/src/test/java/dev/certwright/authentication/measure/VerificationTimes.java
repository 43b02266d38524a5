package dev.certwright.authentication.measure;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.ClientCertificateAuthenticator;
import dev.certwright.x509.chain.ChainQuestion;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.NativeSignatureVerifier;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.key.SignatureVerifier;
import dev.certwright.x509.pem.PemScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What one client certificate costs, on one thread: reading the PEM, parsing, verifying and the
 * identity, as the mode {@code bench-x509} of the oracle has it.
 *
 * <p>Arguments: the file of questions, {@code native}, {@code portable}, {@code remembered} (the
 * same certificates again and again, as they come from TLS) or {@code worst} (each question by
 * itself, the median of several), and seconds. Prints nanoseconds for one and how many were
 * somebody; {@code worst} prints those of the dearest question.
 */
public final class VerificationTimes {
  private static final int REPETITIONS = 9;

  private final List<Asked> asked = new ArrayList<>();

  private record Asked(ClientCertificateAuthenticator authenticator, List<byte[]> pem) {}

  private VerificationTimes(Path file, String mode) throws IOException {
    SignatureVerifier signatures =
        mode.equals("portable")
            ? new PortableSignatureVerifier()
            : NativeSignatureVerifier.orPortable();
    String known = "";
    ClientCertificateAuthenticator authenticator = null;
    for (String line : Files.readAllLines(file)) {
      ChainQuestion question = ChainQuestion.parse(line);
      String roots = String.join("", question.roots());
      if (authenticator == null || !roots.equals(known)) {
        known = roots;
        TrustAnchors anchors = TrustAnchors.ofPem(question.bundle());
        authenticator =
            new ClientCertificateAuthenticator(
                () -> anchors,
                signatures,
                InstantSource.fixed(question.time()),
                mode.equals("remembered") ? ClientCertificateAuthenticator.DEFAULT_CAPACITY : 0);
      }
      asked.add(new Asked(authenticator, question.presented()));
    }
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    VerificationTimes times = new VerificationTimes(Path.of(arguments[0]), arguments[1]);
    long nanos = (long) (Double.parseDouble(arguments[2]) * 1e9);
    if (arguments[1].equals("worst")) {
      times.worst();
    } else {
      times.measure(arguments[1].equals("remembered"), nanos);
    }
  }

  private static boolean isSomebody(Asked asked) {
    return asked.authenticator.authenticate(decoded(asked.pem))
        instanceof Authentication.Authenticated;
  }

  private static List<byte[]> decoded(List<byte[]> pem) {
    List<byte[]> presented = new ArrayList<>(pem.size());
    for (byte[] text : pem) {
      presented.add(Objects.requireNonNull(PemScanner.first(text)).bytes());
    }
    return presented;
  }

  private void measure(boolean remembered, long nanos) {
    List<List<byte[]>> ready = new ArrayList<>();
    int somebody = 0;
    for (Asked one : asked) {
      ready.add(decoded(one.pem));
      somebody += isSomebody(one) ? 1 : 0;
    }
    round(ready, remembered, nanos / 2);
    System.out.printf(Locale.ROOT, "%.0f %d%n", round(ready, remembered, nanos), somebody);
  }

  private double round(List<List<byte[]>> ready, boolean remembered, long nanos) {
    long operations = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      for (int i = 0; i < asked.size(); i++) {
        if (remembered) {
          asked.get(i).authenticator.authenticate(ready.get(i));
        } else {
          isSomebody(asked.get(i));
        }
      }
      operations += asked.size();
    }
    return (double) (System.nanoTime() - start) / operations;
  }

  private void worst() {
    for (Asked one : asked) {
      isSomebody(one);
    }
    long worst = 0;
    for (Asked one : asked) {
      long[] times = new long[REPETITIONS];
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        isSomebody(one);
        times[i] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      worst = Math.max(worst, times[REPETITIONS / 2]);
    }
    System.out.println(worst + " 0");
  }
}
