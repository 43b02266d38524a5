package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import java.util.List;

/**
 * All ways from the leaf to a trusted CA that are good, in the order in which upstream finds them.
 *
 * @param chains at least one; each begins with the leaf and ends with a trusted CA, which may be
 *     the leaf itself
 */
public record VerifiedChains(List<List<Certificate>> chains) implements ChainResult {
  public VerifiedChains {
    chains = List.copyOf(chains);
  }

  /** The first chain. */
  public List<Certificate> first() {
    return chains.get(0);
  }
}
