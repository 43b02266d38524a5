package dev.certwright.rbac.lines;

/**
 * What became of the lines of a stream.
 *
 * @param answered how many were questions
 * @param refused how many were none; each was answered with an error
 */
public record LineCounts(long answered, long refused) {}
