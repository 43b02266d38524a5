package dev.certwright.x509.chain;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.SignatureVerifier;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who a client is that presents these certificates: what kube-apiserver's TLS layer, its verifier
 * and its conversion to a user make of them, in that order (rules ). Safe
 * for use by several threads.
 */
public final class ClientVerification {
  private final ChainVerifier verifier;

  /** With this arithmetic. */
  public ClientVerification(SignatureVerifier signatures) {
    this.verifier = new ChainVerifier(signatures);
  }

  /**
   * Reads what was presented and judges it.
   *
   * @param presented DER, leaf first; not copied, must not change any more
   */
  public ClientVerdict verifyEncoded(
      List<byte[]> presented, TrustAnchors anchors, Instant time, Purpose purpose) {
    List<Certificate> certificates = new ArrayList<>(presented.size());
    for (int i = 0; i < presented.size(); i++) {
      try {
        certificates.add(Certificate.of(presented.get(i)));
      } catch (X509Exception unreadable) {
        return new ClientVerdict.Refused(PresentedRefusal.unreadable(i, unreadable));
      }
    }
    return verify(certificates, anchors, time, purpose);
  }

  /**
   * Reads what would be presented from PEM and judges it.
   *
   * @param texts one certificate each, leaf first: the first block counts, whatever its label
   */
  public ClientVerdict verifyPem(
      List<byte[]> texts, TrustAnchors anchors, Instant time, Purpose purpose) {
    List<byte[]> presented = new ArrayList<>(texts.size());
    for (byte[] text : texts) {
      PemBlock block = PemScanner.first(text);
      if (block == null) {
        return new ClientVerdict.Refused(PresentedRefusal.notPem(presented.size()));
      }
      presented.add(block.bytes());
    }
    return verifyEncoded(presented, anchors, time, purpose);
  }

  /**
   * Judges what was presented.
   *
   * @param presented leaf first; the others in any order
   */
  public ClientVerdict verify(
      List<Certificate> presented, TrustAnchors anchors, Instant time, Purpose purpose) {
    Refusal unpresentable = PresentedCertificates.refusal(presented);
    if (unpresentable != null) {
      return new ClientVerdict.Refused(unpresentable);
    }
    Certificate leaf = presented.get(0);
    ChainResult result =
        verifier.verify(leaf, presented.subList(1, presented.size()), anchors, time, purpose);
    if (result instanceof Refusal refusal) {
      return new ClientVerdict.Refused(refusal);
    }
    return identify(leaf, ((VerifiedChains) result).first());
  }

  private static ClientVerdict identify(Certificate leaf, List<Certificate> chain) {
    DistinguishedName subject = leaf.subject();
    List<String> names = subject.values(Oids.COMMON_NAME);
    // The last one counts, even when it is empty (rules X-14 and XS-01).
    String name = names.isEmpty() ? "" : names.get(names.size() - 1);
    if (name.isEmpty()) {
      return new ClientVerdict.Refused(SubjectRefusal.noCommonName(leaf, !names.isEmpty()));
    }
    List<String> uids = subject.values(Oids.KUBERNETES_UID);
    if (uids.size() > 1) {
      return new ClientVerdict.Refused(SubjectRefusal.severalUids(leaf, uids.size()));
    } else if (uids.size() == 1 && uids.get(0).isEmpty()) {
      return new ClientVerdict.Refused(SubjectRefusal.emptyUid(leaf));
    }
    Identity identity =
        new Identity(
            name,
            uids.isEmpty() ? "" : uids.get(0),
            subject.values(Oids.ORGANIZATION),
            Map.of(CredentialId.EXTRA_KEY, List.of(leaf.credentialId().value())));
    return new ClientVerdict.Accepted(identity, chain);
  }
}
