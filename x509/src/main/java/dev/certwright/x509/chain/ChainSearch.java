package dev.certwright.x509.chain;

import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.extension.ExtensionValues;
import dev.certwright.x509.key.SignatureVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One search for chains: depth first, trusted CAs before presented ones, at most a hundred
 * candidates in all (rules GV-27, GV-28, XS-32, XS-35) and as much arithmetic as {@link
 * SignatureWork} allows, a bound that upstream does not have. Remembers why candidates were
 * refused, for the case that nothing is found.
 */
final class ChainSearch {
  private static final int MAXIMUM_CANDIDATES = 100;

  private final CertificatePool anchors;
  private final CertificatePool intermediates;
  private final SignatureVerifier signatures;
  private final Instant time;
  private final List<List<Certificate>> found = new ArrayList<>(1);
  private final List<Certificate> path = new ArrayList<>(4);
  private final Map<Signed, Boolean> known = new HashMap<>();
  private int considered;
  private int work;
  private boolean tooMuchWork;
  private @Nullable Failure best;

  ChainSearch(
      CertificatePool anchors,
      CertificatePool intermediates,
      SignatureVerifier signatures,
      Instant time) {
    this.anchors = anchors;
    this.intermediates = intermediates;
    this.signatures = signatures;
    this.time = time;
  }

  private record Signed(Certificate child, PublicKeyInfo key) {}

  /**
   * Why one candidate was refused.
   *
   * @param depth how many certificates stand below it
   */
  record Failure(Reason reason, Certificate child, Certificate candidate, int depth) {
    boolean saysMoreThan(@Nullable Failure other) {
      if (other == null) {
        return true;
      }
      int order = reason.compareTo(other.reason);
      return order > 0 || order == 0 && depth > other.depth;
    }
  }

  /** All chains that begin with this leaf and end with a trusted CA. */
  List<List<Certificate>> from(Certificate leaf) {
    path.add(leaf);
    extend(leaf);
    return found;
  }

  /** What to say when {@link #from} found none. */
  Refusal refusal(Certificate leaf) {
    if (tooMuchWork) {
      // Said whatever else was met: upstream would have gone on looking.
      return SearchRefusal.workLimit(leaf);
    }
    if (considered > MAXIMUM_CANDIDATES
        && (best == null || best.reason.compareTo(Reason.SEARCH_LIMIT) < 0)) {
      return SearchRefusal.searchLimit(leaf);
    }
    return best == null
        ? SearchRefusal.unknownAuthority(leaf, anchors, intermediates)
        : SearchRefusal.candidate(best, time);
  }

  private boolean isOver() {
    return considered > MAXIMUM_CANDIDATES || tooMuchWork;
  }

  private void extend(Certificate child) {
    tryAll(child, anchors, true);
    tryAll(child, intermediates, false);
  }

  private void tryAll(Certificate child, CertificatePool pool, boolean trusted) {
    for (Certificate candidate : pool.issuersOf(child)) {
      considered++;
      if (isOver()) {
        return;
      }
      Reason refused = refusal(child, candidate, trusted);
      if (tooMuchWork) {
        return;
      } else if (refused != null) {
        Failure failure = new Failure(refused, child, candidate, path.size());
        best = failure.saysMoreThan(best) ? failure : best;
        continue;
      }
      path.add(candidate);
      if (trusted) {
        found.add(List.copyOf(path));
      } else {
        extend(candidate);
      }
      path.remove(path.size() - 1);
    }
  }

  private @Nullable Reason refusal(Certificate child, Certificate candidate, boolean trusted) {
    if (candidate.publicKey().family() == PublicKeyInfo.Family.OTHER) {
      return Reason.UNUSABLE_AUTHORITY_KEY;
    } else if (isInPath(candidate)) {
      return Reason.LOOP;
    }
    Reason unsigned = signatureRefusal(child, candidate);
    return unsigned != null ? unsigned : placeRefusal(candidate, trusted);
  }

  /**
   * Whether the same name and key is in the chain already, under the same alternative names or
   * none. Upstream stops looking as soon as one of two equals has alternative names and the other
   * has none; so does this.
   */
  private boolean isInPath(Certificate candidate) {
    boolean hasNames = candidate.extensionValues().alternativeNames() != null;
    for (Certificate member : path) {
      if (!member.subject().equals(candidate.subject())
          || !member.publicKey().equals(candidate.publicKey())) {
        continue;
      }
      boolean memberHasNames = member.extensionValues().alternativeNames() != null;
      if (!hasNames && !memberHasNames) {
        return true;
      } else if (hasNames != memberHasNames) {
        return false;
      } else if (Arrays.equals(
          candidate.extensionValues().alternativeNamesValue(),
          member.extensionValues().alternativeNamesValue())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Reason signatureRefusal(Certificate child, Certificate candidate) {
    ExtensionValues values = candidate.extensionValues();
    BasicConstraints constraints = values.basicConstraints();
    if (constraints == null ? candidate.version() == 3 : !constraints.ca()) {
      return Reason.NOT_A_CA;
    } else if (!values.allowsSigningCertificates()) {
      return Reason.NOT_FOR_SIGNING;
    }
    if (child.knownSignatureAlgorithm() == null) {
      return Reason.UNUSABLE_ALGORITHM;
    }
    if (isSigned(child, candidate)) {
      return null;
    }
    byte[] named = child.extensionValues().authorityKeyIdentifier();
    return named.length > 0 && Arrays.equals(named, values.subjectKeyIdentifier())
        ? Reason.BAD_SIGNATURE
        : Reason.OTHER_KEY;
  }

  /** The same signature under the same key is computed once, on whatever path it is met. */
  private boolean isSigned(Certificate child, Certificate candidate) {
    PublicKeyInfo key = candidate.publicKey();
    if (considered == 1) {
      // Most searches end with the first candidate and need no memory.
      work = SignatureWork.of(child, key);
      return child.hasSignatureOf(key, signatures);
    }
    Signed pair = new Signed(child, key);
    Boolean remembered = known.get(pair);
    if (remembered != null) {
      return remembered;
    }
    work += SignatureWork.of(child, key);
    tooMuchWork = work > SignatureWork.MAXIMUM;
    boolean signed = !tooMuchWork && child.hasSignatureOf(key, signatures);
    known.put(pair, signed);
    return signed;
  }

  private @Nullable Reason placeRefusal(Certificate candidate, boolean trusted) {
    ExtensionValues values = candidate.extensionValues();
    BasicConstraints constraints = values.basicConstraints();
    if (!values.unhandledCritical().isEmpty()) {
      return Reason.AUTHORITY_CRITICAL_EXTENSION;
    } else if (time.isBefore(candidate.validity().notBefore())) {
      return Reason.AUTHORITY_NOT_YET_VALID;
    } else if (time.isAfter(candidate.validity().notAfter())) {
      return Reason.AUTHORITY_EXPIRED;
    } else if (!trusted && constraints == null) {
      // Only a trusted CA may be of version 1 or 2, where nothing says that it is one (GV-14).
      return Reason.NOT_A_CA;
    } else if (constraints != null
        && constraints.pathLength() >= 0
        && path.size() - 1 > constraints.pathLength()) {
      return Reason.PATH_TOO_LONG;
    }
    return null;
  }
}
