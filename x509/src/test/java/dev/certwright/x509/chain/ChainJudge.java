package dev.certwright.x509.chain;

import dev.certwright.x509.key.SignatureVerifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers questions with the code under test. The last bundle is remembered, as a server does. */
final class ChainJudge {
  private final ClientVerification verification;
  private List<String> roots = List.of("nothing");
  private @Nullable TrustAnchors anchors;
  private String problem = "";

  ChainJudge(SignatureVerifier signatures) {
    this.verification = new ClientVerification(signatures);
  }

  ChainAnswer answer(ChainQuestion question) {
    if (!question.roots().equals(roots)) {
      roots = question.roots();
      try {
        anchors = TrustAnchors.ofPem(question.bundle());
      } catch (BundleException unusable) {
        anchors = null;
        problem = String.valueOf(unusable.getMessage());
      }
    }
    return anchors == null
        ? ChainAnswer.refused(question.id(), Stage.ROOTS, problem)
        : ChainAnswer.of(
            question.id(),
            verification.verifyPem(
                question.presented(), anchors, question.time(), question.purpose()));
  }
}
