/**
 * Many questions, one JSON object a line, answered in order and in constant memory: {@link
 * dev.certwright.rbac.lines.CanILines}, {@link dev.certwright.rbac.lines.RulesLines} and {@link
 * dev.certwright.rbac.lines.RequestInfoLines}.
 *
 * <p>The commands call this package.
 */
@NullMarked
package dev.certwright.rbac.lines;

import org.jspecify.annotations.NullMarked;
