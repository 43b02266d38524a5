package dev.certwright.cli.command;

import dev.certwright.cli.people.Person;
import dev.certwright.ledger.Issued;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How it went for one person.
 *
 * @param staged where the files wait, or null
 * @param issued what the ledger will say of it, or null
 * @param skipped whether there is a valid certificate already
 * @param problem what went wrong, or null
 */
record BulkOutcome(
    Person person,
    @Nullable Path staged,
    @Nullable Issued issued,
    boolean skipped,
    @Nullable String problem) {}
