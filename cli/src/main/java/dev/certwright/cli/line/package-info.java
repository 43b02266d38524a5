/**
 * Command lines as data: what a command is called, takes and is good for. From that one description
 * come parsing, {@code --help}, shell completion and man pages. Own code, because the parsing
 * libraries cost a cold process more than signing a certificate does: docs/start-up.md has the
 * figures.
 */
@NullMarked
package dev.certwright.cli.line;

import org.jspecify.annotations.NullMarked;
