package dev.certwright.server.discovery;

/**
 * A column that a CustomResourceDefinition wants kubectl to show.
 *
 * @param name its heading
 * @param type {@code integer}, {@code number}, {@code string}, {@code boolean} or {@code date}
 * @param format of OpenAPI, may be empty
 * @param description may be empty
 * @param priority 0 for all, else for those who ask for more
 * @param jsonPath where the value lies, without braces
 */
public record PrinterColumn(
    String name, String type, String format, String description, long priority, String jsonPath) {}
