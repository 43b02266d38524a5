/**
 * Who did what, and by which rule: one {@code audit.k8s.io/v1} event a line, into a file that is
 * rotated or a stream. The pipeline tells it of every request.
 */
@NullMarked
package dev.certwright.server.audit;

import org.jspecify.annotations.NullMarked;
