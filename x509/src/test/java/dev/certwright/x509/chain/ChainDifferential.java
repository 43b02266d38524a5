package dev.certwright.x509.chain;

import dev.certwright.testing.RandomCases;
import dev.certwright.x509.key.NativeSignatureVerifier;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Puts random and hostile chains before this verifier and before kube-apiserver's own code, and
 * compares. Every case is a good chain with up to three mutations and can be made again from the
 * seed and its number; one that is judged differently is made smaller before it is printed. The one
 * intended difference, {@code docs/design-decisions.md} gives the reason, is counted by itself:
 * what costs too much to check is refused.
 *
 * <p>Arguments: the oracle's program, the number of cases, the seed and {@code portable} or {@code
 * native}. Ends with 1 if there is any disagreement.
 */
public final class ChainDifferential {
  private static final int QUEUE = 2_000;
  private static final int MOST_SHOWN = 10;
  private static final int SLOWEST_KEPT = 50;
  private static final int REPETITIONS = 9;
  private static final String FAILED = "failed";

  private final TestKeys keys;
  private final CertificateSpec.SignatureMemory memory = new CertificateSpec.SignatureMemory();
  private final ChainJudge judge;
  private final Path oracle;
  private final long seed;

  private ChainDifferential(Path oracle, long seed, boolean nativeArithmetic) {
    this.oracle = oracle;
    this.seed = seed;
    this.keys = new TestKeys(seed);
    this.judge =
        new ChainJudge(
            nativeArithmetic
                ? NativeSignatureVerifier.orPortable()
                : new PortableSignatureVerifier());
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    Path oracle = Path.of(arguments[0]);
    int cases = Integer.parseInt(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    boolean nativeArithmetic = arguments.length > 3 && arguments[3].equals("native");
    System.exit(run(oracle, cases, seed, nativeArithmetic) ? 0 : 1);
  }

  /** Whether all cases are judged alike; what is not is printed. */
  public static boolean run(Path oracle, int cases, long seed, boolean nativeArithmetic)
      throws IOException, InterruptedException {
    return new ChainDifferential(oracle, seed, nativeArithmetic).run(cases);
  }

  /** What makes a case: mutations by number, each with its own random numbers. */
  private record Recipe(int number, int intermediates, long baseSeed, List<Step> steps) {}

  private record Step(int mutation, long seed) {}

  private Recipe recipe(int number) {
    Random random = RandomCases.random(seed, number);
    int intermediates = Math.min(random.nextInt(5), 3);
    // A few bases only, so that signatures and bundles are met again.
    long base = random.nextInt(12);
    int count = random.nextInt(20) == 0 ? 3 : random.nextInt(3);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < Math.max(count, number % 50 == 0 ? 0 : 1); i++) {
      steps.add(new Step(random.nextInt(Mutation.ALL.size()), random.nextLong()));
    }
    return new Recipe(number, intermediates, base, steps);
  }

  private ChainQuestion question(Recipe recipe) {
    Scenario scenario = Scenario.good(keys, recipe.intermediates, new Random(recipe.baseSeed));
    for (Step step : recipe.steps) {
      if (!scenario.chain.isEmpty() && !scenario.roots.isEmpty()) {
        try {
          Mutation.ALL.get(step.mutation).change().apply(scenario, new Random(step.seed));
        } catch (IndexOutOfBoundsException | IllegalArgumentException brokenBefore) {
          // What this one would change was taken apart by an earlier one: the case stays as it is.
        }
      }
    }
    return scenario.question(Integer.toString(recipe.number), memory);
  }

  private boolean run(int cases) throws IOException, InterruptedException {
    BlockingQueue<ChainQuestion> asked = new ArrayBlockingQueue<>(QUEUE);
    Process process = start();
    Thread writer =
        new Thread(
            () -> {
              try (BufferedWriter out = writer(process)) {
                for (int i = 0; i < cases; i++) {
                  ChainQuestion question = question(recipe(i));
                  asked.put(question);
                  out.write(question.line());
                  out.write('\n');
                }
              } catch (IOException | InterruptedException stopped) {
                // Whoever waits for answers sees that there are none.
                process.destroy();
              }
            },
            "questions");
    writer.setUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          process.destroy();
        });
    writer.start();
    try {
      return compare(cases, process, asked);
    } finally {
      writer.interrupt();
      process.destroy();
    }
  }

  private boolean compare(int cases, Process process, BlockingQueue<ChainQuestion> asked)
      throws IOException, InterruptedException {
    int disagreements = 0;
    int laxer = 0;
    int intended = 0;
    Map<String, Integer> stages = new TreeMap<>();
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    PriorityQueue<Timed> slowest = new PriorityQueue<>();
    try (BufferedReader answers = reader(process)) {
      for (int i = 0; i < cases; i++) {
        String answer = answers.readLine();
        // Its question was put there before it was asked.
        ChainQuestion question = asked.poll();
        if (answer == null || question == null) {
          throw new IllegalStateException(
              "the oracle ended at case "
                  + i
                  + " of seed "
                  + seed
                  + ": "
                  + (question == null ? "" : question.line()));
        }
        ChainAnswer upstream = ChainAnswer.parse(answer);
        long start = System.nanoTime();
        ChainAnswer ours = ours(question);
        long time = System.nanoTime() - start;
        slowest.add(new Timed(time, question));
        if (slowest.size() > SLOWEST_KEPT) {
          slowest.remove();
        }
        stages.merge(upstream.ok() ? "ok" : upstream.stage(), 1, Integer::sum);
        if (!ours.ok() && !ours.stage().equals("roots") && !ours.stage().equals(FAILED)) {
          reasons.merge(
              Reason.valueOf(ours.error().substring(0, ours.error().indexOf(':'))),
              1,
              Integer::sum);
        }
        if (isIntended(ours, upstream)) {
          intended++;
        } else if (!ours.agreesWith(upstream)) {
          disagreements++;
          laxer += ours.isLaxerThan(upstream) ? 1 : 0;
          if (disagreements <= MOST_SHOWN) {
            show(recipe(Integer.parseInt(question.id())));
          }
        }
      }
    }
    process.waitFor();
    System.out.println(cases + " cases, " + disagreements + " disagreements, " + laxer + " laxer");
    System.out.println("stricter on purpose: " + intended);
    System.out.println("upstream: " + stages);
    System.out.println("our reasons: " + reasons);
    System.out.println("slowest, repeated: " + repeated(slowest));
    return disagreements == 0;
  }

  /** A failure is an answer that upstream never gives. */
  private ChainAnswer ours(ChainQuestion question) {
    try {
      return judge.answer(question);
    } catch (RuntimeException | StackOverflowError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      return new ChainAnswer(question.id(), false, "", List.of(), "", "", FAILED, trace.toString());
    }
  }

  private static boolean isIntended(ChainAnswer ours, ChainAnswer upstream) {
    return !upstream.agreesWith(ours)
        && !ours.ok()
        && ours.error().startsWith(Reason.SEARCH_LIMIT + ": checking");
  }

  private record Timed(long nanos, ChainQuestion question) implements Comparable<Timed> {
    @Override
    public int compareTo(Timed other) {
      return Long.compare(nanos, other.nanos);
    }
  }

  /** A single measurement may hold a pause of the machine; the median of several does not. */
  private String repeated(Iterable<Timed> slowest) {
    long worst = 0;
    String id = "";
    for (Timed timed : slowest) {
      long[] times = new long[REPETITIONS];
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        ours(timed.question);
        times[i] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      if (times[REPETITIONS / 2] > worst) {
        worst = times[REPETITIONS / 2];
        id = timed.question.id();
      }
    }
    return worst / 1000 + " us, case " + id;
  }

  /** Leaves out steps, then certificates, as long as both still differ. */
  private void show(Recipe recipe) throws IOException, InterruptedException {
    Recipe smallest = recipe;
    for (int i = 0; i < smallest.steps.size(); ) {
      List<Step> fewer = new ArrayList<>(smallest.steps);
      fewer.remove(i);
      Recipe candidate = new Recipe(recipe.number, recipe.intermediates, recipe.baseSeed, fewer);
      if (differs(question(candidate))) {
        smallest = candidate;
      } else {
        i++;
      }
    }
    ChainQuestion question = question(smallest);
    question = withoutNeedless(question);
    System.out.println("--- case " + recipe.number + " of seed " + seed);
    for (Step step : smallest.steps) {
      System.out.println("mutation: " + Mutation.ALL.get(step.mutation).name());
    }
    System.out.println(question.line());
    System.out.println("ours:     " + ours(question));
    System.out.println("upstream: " + ask(question));
  }

  private ChainQuestion withoutNeedless(ChainQuestion question)
      throws IOException, InterruptedException {
    ChainQuestion smallest = question;
    for (int i = smallest.chain().size() - 1; i >= 0; i--) {
      List<String> fewer = new ArrayList<>(smallest.chain());
      fewer.remove(i);
      ChainQuestion candidate =
          new ChainQuestion(
              question.id(),
              smallest.roots(),
              fewer,
              question.time(),
              question.anyExtendedKeyUsage());
      smallest = differs(candidate) ? candidate : smallest;
    }
    for (int i = smallest.roots().size() - 1; i >= 0; i--) {
      List<String> fewer = new ArrayList<>(smallest.roots());
      fewer.remove(i);
      ChainQuestion candidate =
          new ChainQuestion(
              question.id(),
              fewer,
              smallest.chain(),
              question.time(),
              question.anyExtendedKeyUsage());
      smallest = differs(candidate) ? candidate : smallest;
    }
    return smallest;
  }

  private boolean differs(ChainQuestion question) throws IOException, InterruptedException {
    return !ours(question).agreesWith(ask(question));
  }

  private ChainAnswer ask(ChainQuestion question) throws IOException, InterruptedException {
    Process process = start();
    try (BufferedWriter out = writer(process)) {
      out.write(question.line());
      out.write('\n');
    }
    try (BufferedReader in = reader(process)) {
      return ChainAnswer.parse(in.readLine());
    } finally {
      process.waitFor();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(oracle.toString(), "x509")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BufferedWriter writer(Process process) {
    return new BufferedWriter(
        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
  }
}
