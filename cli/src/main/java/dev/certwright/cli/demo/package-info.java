/** {@code certwright demo}: a throw-away CA, client and server, and what happens between them. */
@NullMarked
package dev.certwright.cli.demo;

import org.jspecify.annotations.NullMarked;
