/** Signing and its rules, against real openssl. */
@NullMarked
package dev.certwright.authority;

import org.jspecify.annotations.NullMarked;
