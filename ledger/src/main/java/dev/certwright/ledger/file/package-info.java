/**
 * The ledger of one machine: a file of JSON lines that is only ever appended to, under a lock, and
 * synced before anybody is told that something stands in it. On the path of every cold {@code
 * issue}: nothing here loads a database driver.
 */
@NullMarked
package dev.certwright.ledger.file;

import org.jspecify.annotations.NullMarked;
