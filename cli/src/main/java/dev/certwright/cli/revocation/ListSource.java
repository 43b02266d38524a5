package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Publication;

/**
 * Where a watch learns what is to be refused: the ledger, or a list that was published elsewhere.
 */
public interface ListSource {

  /**
   * Something that is equal as long as nothing has changed; cheap to ask for.
   *
   * @throws RuntimeException of the ledger or of the file if it cannot be looked at
   */
  Object version();

  /**
   * Reads it.
   *
   * @throws RuntimeException of the ledger or of the file if it cannot be read
   */
  Wanted read();

  /** What is to be refused. */
  interface Wanted {
    /** What an outlet is to hold by it; writes nothing and throws nothing. */
    Publication plan(Outlet outlet);

    /** How many are refused. */
    int size();

    /** Equal for equal lists, at whatever time they were read. */
    Object fingerprint();
  }
}
