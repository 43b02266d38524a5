/**
 * The account in tables, so that questions are answered without reading every entry: as an index
 * beside the ledger's file, which can be deleted at any time and is made anew from it, and as the
 * ledger itself in PostgreSQL, for several machines. Both have the same tables.
 */
@NullMarked
package dev.certwright.ledger.sql;

import org.jspecify.annotations.NullMarked;
