/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.cli.account;

import org.jspecify.annotations.NullMarked;
