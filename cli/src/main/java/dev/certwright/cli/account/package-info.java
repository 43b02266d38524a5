/** What several commands about the ledger share: certificates as documents, as rows, as pages. */
@NullMarked
package dev.certwright.cli.account;

import org.jspecify.annotations.NullMarked;
