import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.password.StaticPasswords;
import dev.certwright.authentication.token.StaticTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long reading a file of static tokens or passwords takes, how long one look-up takes, and
 * whether that tells how near a guess is, which users there are, or how long their passwords are. Needs the modules' classes on the class path.
 */
final class Secrets {
  private static final int LINES = Integer.getInteger("lines", 100_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final int AT_ONCE = 500;

  private static long found;

  private Secrets() {}

  /** Prints the figures; ends with 1 if a time tells anything of a secret. */
  public static void main(String[] arguments) {
    byte[] file = file(LINES);
    StaticTokens tokens = null;
    StaticPasswords passwords = null;
    long reading = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      tokens = StaticTokens.read("tokens.csv", file);
      reading = Math.min(reading, System.nanoTime() - began);
      passwords = StaticPasswords.read("passwords.csv", file);
    }
    System.out.printf("%d lines (%d KiB) read in %d ms%n", LINES, file.length >> 10, reading / 1_000_000);
    StaticTokens all = tokens;
    StaticPasswords users = passwords;
    StaticTokens few = StaticTokens.read("few.csv", file(10));
    each("token of many, known", i -> count(all.authenticate(secret(i % LINES))));
    each("token of many, unknown", i -> count(all.authenticate(secret(i % LINES + LINES))));
    each("token of ten, known", i -> count(few.authenticate(secret(i % 10))));
    each("password, right", i -> count(users.authenticate("user" + i % LINES, secret(i % LINES))));
    each("password, wrong", i -> count(users.authenticate("user" + i % LINES, secret(i % LINES + 1))));
    each("password, unknown user", i -> count(users.authenticate("nobody" + i % LINES, secret(i % LINES))));

    String right = secret(7);
    String firstWrong = "#" + right.substring(1);
    String lastWrong = right.substring(0, right.length() - 1) + "#";
    boolean told =
        tells(
            "token, first or last character wrong",
            () -> count(all.authenticate(firstWrong)),
            () -> count(all.authenticate(lastWrong)));
    told |=
        tells(
            "password, first or last character wrong",
            () -> count(users.authenticate("user7", firstWrong)),
            () -> count(users.authenticate("user7", lastWrong)));
    told |=
        tells(
            "wrong password of a known or an unknown user",
            () -> count(users.authenticate("user7", firstWrong)),
            () -> count(users.authenticate("usar7", firstWrong)));
    StaticPasswords lengths =
        StaticPasswords.read("lengths.csv", ("short,ann,1\n" + "long".repeat(100) + ",bob,2\n").getBytes(UTF_8));
    told |=
        tells(
            "wrong password where the right one is short or long",
            () -> count(lengths.authenticate("ann", firstWrong)),
            () -> count(lengths.authenticate("bob", firstWrong)));
    System.exit(told ? 1 : 0);
  }

  private static byte[] file(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(secret(i)).append(",user").append(i).append(',').append(i).append(",\"devs,ops\"\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static String secret(int number) {
    Random random = new Random(number);
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE) + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }

  private static void count(Authentication answer) {
    found += answer instanceof Authentication.Authenticated ? 1 : 0;
  }

  private interface Step {
    void take(int number);
  }

  private static void each(String what, Step step) {
    // Making the secret is measured apart and taken off.
    long with = best(step);
    long without = best(i -> found += secret(i % LINES).length());
    System.out.printf("%-26s %5d ns%n", what, Math.max(0, with - without));
  }

  private static long best(Step step) {
    int count = 50_000;
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        step.take(i);
      }
      best = Math.min(best, (System.nanoTime() - began) / count);
    }
    return best;
  }

  /** Welch's t of two guesses, interleaved at random; the slowest tenth of each is left out. */
  private static boolean tells(String what, Runnable one, Runnable other) {
    Random random = new Random(1);
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int round = 0; round < 2 * ROUNDS + 100; round++) {
      boolean isFirst = random.nextBoolean();
      Runnable guess = isFirst ? one : other;
      long began = System.nanoTime();
      for (int i = 0; i < AT_ONCE; i++) {
        guess.run();
      }
      double time = (System.nanoTime() - began) / (double) AT_ONCE;
      if (round >= 100) {
        (isFirst ? first : second).add(time);
      }
    }
    double[] a = statistics(first);
    double[] b = statistics(second);
    double t = (a[0] - b[0]) / Math.sqrt(a[1] / a[2] + b[1] / b[2]);
    boolean told = Math.abs(t) > 4.5;
    System.out.printf(
        "%s: %.1f and %.1f ns, t = %.2f: %s%n",
        what, a[0], b[0], t, told ? "TELLS" : "tells nothing");
    return told;
  }

  private static double[] statistics(List<Double> times) {
    times.sort(null);
    List<Double> kept = times.subList(0, times.size() * 9 / 10);
    double sum = 0;
    for (double time : kept) {
      sum += time;
    }
    double mean = sum / kept.size();
    double squares = 0;
    for (double time : kept) {
      squares += (time - mean) * (time - mean);
    }
    return new double[] {mean, squares / (kept.size() - 1), kept.size()};
  }
}
