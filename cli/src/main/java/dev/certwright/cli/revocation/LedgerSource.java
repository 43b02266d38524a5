package dev.certwright.cli.revocation;

import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.Standing;
import java.util.List;

/**
 * What the ledger says.
 *
 * @param ledger which
 * @param replacingAny whether it may take the place of what is published from another one
 */
public record LedgerSource(Ledger ledger, boolean replacingAny) implements ListSource {

  @Override
  public Object version() {
    return ledger.head();
  }

  @Override
  public Wanted read() {
    Standing standing = PublishRun.standing(ledger);
    return new Said(replacingAny ? standing.replacingAny() : standing);
  }

  private record Said(Standing standing) implements Wanted {

    @Override
    public Publication plan(Outlet outlet) {
      return Publication.plan(outlet, standing);
    }

    @Override
    public int size() {
      return standing.denylist().size();
    }

    @Override
    public Object fingerprint() {
      return List.of(standing.denylist(), standing.takenBack(), standing.origin().ledger());
    }
  }
}
