/**
 * The account of certificates: what was issued, to whom, until when, what was seen in use, what was
 * taken back. {@link dev.certwright.ledger.Entry} is one line of it, {@link
 * dev.certwright.ledger.Ledger} the whole, wherever it is kept. Append-only: each entry carries the
 * hash of the one before it. Used by {@code cli} and {@code server}.
 */
@NullMarked
package dev.certwright.ledger;

import org.jspecify.annotations.NullMarked;
