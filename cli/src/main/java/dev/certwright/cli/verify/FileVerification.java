package dev.certwright.cli.verify;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Documents;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.Reason;
import dev.certwright.x509.chain.Refusal;
import dev.certwright.x509.chain.Stage;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges everything in the files that were named, and prints at the end. */
public final class FileVerification {
  private final TrustAnchors anchors;
  private final Instant time;
  private final ClientVerification verification =
      new ClientVerification(new PortableSignatureVerifier());
  private final List<PresentedChain> chains = new ArrayList<>();
  private final List<ClientVerdict> verdicts = new ArrayList<>();

  /** For one API server at one time. */
  public FileVerification(TrustAnchors anchors, Instant time) {
    this.anchors = anchors;
    this.time = time;
  }

  /**
   * Judges what is in one file.
   *
   * @param file where it lies; null if it came through a pipe
   */
  public void add(String name, byte[] bytes, @Nullable Path file) {
    for (PresentedChain chain : PresentedChains.in(name, bytes, file)) {
      chains.add(chain);
      verdicts.add(
          chain.absence().isEmpty()
              ? verification.verifyEncoded(
                  chain.certificates(), anchors, time, Purpose.CLIENT_AUTHENTICATION)
              : absent(chain));
    }
  }

  private static ClientVerdict absent(PresentedChain chain) {
    return new ClientVerdict.Refused(
        new Refusal(Stage.NO_OPINION, Reason.NOTHING_PRESENTED, null, chain.absence(), ""));
  }

  /** Whether all of them are let in. */
  public boolean allAccepted() {
    for (ClientVerdict verdict : verdicts) {
      if (verdict instanceof ClientVerdict.Refused) {
        return false;
      }
    }
    return true;
  }

  /** Prints as {@code table}, {@code json} or {@code yaml}. */
  public void print(Console console, String format) {
    List<@Nullable Object> documents = new ArrayList<>();
    for (int i = 0; i < chains.size(); i++) {
      if (format.equals("table")) {
        ChainReport.print(console, chains.get(i).where(), verdicts.get(i), time);
      } else {
        documents.add(ChainReport.document(chains.get(i).where(), verdicts.get(i)));
      }
    }
    if (!format.equals("table")) {
      Documents.print(console, format, documents);
    }
  }
}
