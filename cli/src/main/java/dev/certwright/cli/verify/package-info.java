/** Would an API server let this certificate in, and as whom: the work behind {@code verify}. */
@NullMarked
package dev.certwright.cli.verify;

import org.jspecify.annotations.NullMarked;
