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
 */
public record LedgerSource(Ledger ledger) implements ListSource {

  @Override
  public Object version() {
    return ledger.head();
  }

  @Override
  public Wanted read() {
    return new Said(PublishRun.standing(ledger));
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
      return List.of(standing.denylist(), standing.takenBack(), standing.ledger());
    }
  }
}
