package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.SignatureVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds ways from a certificate to a trusted CA as Go's crypto/x509 does for kube-apiserver (rules
 * GV-01 to GV-35, XS-30 to XS-44). The work is bounded whatever is presented: a hundred candidates
 * are considered, then the search ends (rule XS-35). Safe for use by several threads.
 */
public final class ChainVerifier {
  private final SignatureVerifier signatures;

  /** With this arithmetic. */
  public ChainVerifier(SignatureVerifier signatures) {
    this.signatures = signatures;
  }

  /**
   * Judges one certificate.
   *
   * @param leaf whose chain is looked for
   * @param others certificates that may stand between it and a CA, in any order; never trusted
   * @param anchors the trusted CAs
   * @param time at which all certificates of a chain must count
   * @param purpose what they must be good for
   */
  public ChainResult verify(
      Certificate leaf,
      List<Certificate> others,
      TrustAnchors anchors,
      Instant time,
      Purpose purpose) {
    Refusal unusable = LeafCheck.refusal(leaf, time);
    if (unusable != null) {
      return unusable;
    }
    if (anchors.pool().contains(leaf)) {
      return judge(List.of(List.of(leaf)), purpose);
    }
    CertificatePool intermediates =
        others.isEmpty() ? CertificatePool.EMPTY : new CertificatePool(others);
    ChainSearch search = new ChainSearch(anchors.pool(), intermediates, signatures, time);
    List<List<Certificate>> chains = search.from(leaf);
    return chains.isEmpty() ? search.refusal(leaf) : judge(chains, purpose);
  }

  /** Checks that need the whole chain; a trusted leaf is no exception (rule XS-30). */
  private static ChainResult judge(List<List<Certificate>> chains, Purpose purpose) {
    List<List<Certificate>> good = new ArrayList<>(chains.size());
    Refusal best = null;
    for (List<Certificate> chain : chains) {
      Refusal refusal = wholeChainRefusal(chain, purpose);
      if (refusal == null) {
        good.add(chain);
      } else if (best == null || refusal.reason().compareTo(best.reason()) > 0) {
        best = refusal;
      }
    }
    return good.isEmpty() && best != null ? best : new VerifiedChains(good);
  }

  private static @Nullable Refusal wholeChainRefusal(List<Certificate> chain, Purpose purpose) {
    if (!PolicyCheck.isValid(chain)) {
      return ChainRefusal.policy(chain.get(0));
    }
    Certificate wrongPurpose =
        purpose == Purpose.ANY ? null : PurposeCheck.firstNotForClients(chain);
    if (wrongPurpose != null) {
      return ChainRefusal.purpose(wrongPurpose, chain);
    }
    NameConstraintCheck.Violation violation = NameConstraintCheck.violation(chain);
    return violation == null ? null : ChainRefusal.nameConstraint(violation);
  }
}
