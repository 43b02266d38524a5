package dev.certwright.cli.command;

import dev.certwright.cli.people.Person;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How it went for one person.
 *
 * @param staged where the files wait, or null
 * @param skipped whether there is a valid certificate already
 * @param problem what went wrong, or null
 */
record BulkOutcome(
    Person person, @Nullable Path staged, boolean skipped, @Nullable String problem) {}
