package dev.certwright.cli.line;

/**
 * A value that stands in for an option nobody typed.
 *
 * @param value as it would be typed
 * @param source where it was found, for messages: a variable's name, or file and line
 * @param origin what kind of place that is
 */
public record Setting(String value, String source, Origin origin) {}
