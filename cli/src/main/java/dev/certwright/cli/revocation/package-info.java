/**
 * What the commands that take certificates back share: who is meant, publishing to outlets, and
 * saying what is in force where.
 */
@NullMarked
package dev.certwright.cli.revocation;

import org.jspecify.annotations.NullMarked;
