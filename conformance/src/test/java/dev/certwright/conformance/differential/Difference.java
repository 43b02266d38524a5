package dev.certwright.conformance.differential;

/**
 * One respect in which two answers differ.
 *
 * @param kind a short stable name; what is wanted is listed by it in {@link Disagreements}
 * @param detail ours and upstream's, for people
 */
public record Difference(String kind, String detail) {}
