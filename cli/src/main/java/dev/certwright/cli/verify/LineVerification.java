package dev.certwright.cli.verify;

import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.Stage;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.NativeSignatureVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify --json-lines}: answers in the order of the questions, and keeps nothing but the
 * last bundle of trusted CAs, because neighbours mostly share it.
 */
public final class LineVerification {
  private static final int MAXIMUM_LINE = 16 << 20;

  /** What the answer to a line that is no question bears as its stage. */
  private static final String NO_QUESTION = "input";

  private final ClientVerification verification =
      new ClientVerification(NativeSignatureVerifier.orPortable());
  private final ChainLine.Parser parser = new ChainLine.Parser();
  private final AnswerWriter answers;
  private final PrintStream out;
  private List<String> roots = List.of();
  private @Nullable TrustAnchors anchors;
  private String bundleProblem = "no trusted CAs are given";

  /** Answers go to this stream. */
  public LineVerification(PrintStream out) {
    this.out = out;
    this.answers = new AnswerWriter(out);
  }

  /**
   * Answers all lines.
   *
   * @return whether all of them were questions
   * @throws IOException if the input cannot be read any further
   */
  public boolean run(InputStream in) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    boolean allQuestions = true;
    for (String line = next(reader); line != null; line = next(reader)) {
      if (line.length() > MAXIMUM_LINE) {
        allQuestions = false;
        answers.writeRefused("", NO_QUESTION, "a line of more than 16 Mi characters");
      } else if (!line.isBlank()) {
        allQuestions &= answer(parser.parse(line));
      }
      if (!reader.ready()) {
        // Whoever waits for each answer before the next question gets it.
        out.flush();
      }
    }
    out.flush();
    return allQuestions;
  }

  private boolean answer(ChainLine line) {
    if (!line.problem().isEmpty()) {
      answers.writeRefused(line.id(), NO_QUESTION, line.problem());
      return false;
    }
    load(line.roots());
    TrustAnchors current = anchors;
    if (current == null) {
      answers.writeRefused(line.id(), Stage.ROOTS.word(), bundleProblem);
      return true;
    }
    List<byte[]> presented = new ArrayList<>(line.chain().size());
    for (String text : line.chain()) {
      presented.add(text.getBytes(StandardCharsets.UTF_8));
    }
    Instant time = line.time();
    ClientVerdict verdict =
        verification.verifyPem(
            presented,
            current,
            time == null ? Instant.now() : time,
            line.anyExtendedKeyUsage() ? Purpose.ANY : Purpose.CLIENT_AUTHENTICATION);
    answers.write(line.id(), verdict);
    return true;
  }

  private void load(List<String> wanted) {
    if (wanted.equals(roots)) {
      return;
    }
    roots = wanted;
    try {
      anchors = TrustAnchors.ofPem(String.join("\n", wanted).getBytes(StandardCharsets.UTF_8));
    } catch (BundleException unusable) {
      anchors = null;
      bundleProblem = "the trusted CAs do not load: " + unusable.getMessage();
    }
  }

  /** Never keeps more of a line than the limit and one character. */
  private static @Nullable String next(BufferedReader reader) throws IOException {
    StringBuilder text = new StringBuilder(4096);
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (text.length() <= MAXIMUM_LINE) {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
