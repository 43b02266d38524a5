package dev.certwright.server.http;

/**
 * A header of an answer.
 *
 * @param name as HTTP/1.1 writes it
 * @param value printable
 */
public record Header(String name, String value) {}
