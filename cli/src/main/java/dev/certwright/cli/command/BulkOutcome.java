package dev.certwright.cli.command;

import dev.certwright.authority.IssuancePlan;
import dev.certwright.cli.people.Person;
import dev.certwright.ledger.Issued;
import dev.certwright.x509.Certificate;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How it went for one person.
 *
 * @param plan what was to be signed, null if that could not be told or nobody asks
 * @param certificate what was signed, or what is there already; null if there is none or nobody
 *     asks: thousands wait at a time, and a certificate that was read is many small objects
 * @param staged where the files wait, or null
 * @param withheld what is not written there before it is recorded, by file name
 * @param issued what the ledger will say of it, or null
 * @param skipped whether there is a valid certificate already
 * @param problem what went wrong, or null
 */
record BulkOutcome(
    Person person,
    @Nullable IssuancePlan plan,
    @Nullable Certificate certificate,
    @Nullable Path staged,
    Map<String, byte[]> withheld,
    @Nullable Issued issued,
    boolean skipped,
    @Nullable String problem) {

  static BulkOutcome staged(
      Person person,
      @Nullable IssuancePlan plan,
      @Nullable Certificate certificate,
      Path staged,
      Map<String, byte[]> withheld,
      Issued issued) {
    return new BulkOutcome(person, plan, certificate, staged, withheld, issued, false, null);
  }

  /** The same after what was withheld has been written. */
  BulkOutcome completed() {
    return new BulkOutcome(person, plan, certificate, staged, Map.of(), issued, skipped, problem);
  }

  static BulkOutcome skipped(Person person, IssuancePlan plan, Certificate certificate) {
    return new BulkOutcome(person, plan, certificate, null, Map.of(), null, true, null);
  }

  static BulkOutcome failed(Person person, @Nullable String problem) {
    return new BulkOutcome(
        person, null, null, null, Map.of(), null, false, problem == null ? "unknown" : problem);
  }
}
