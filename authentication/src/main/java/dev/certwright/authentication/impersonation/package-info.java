/**
 * Acting as somebody else: what {@code Impersonate-*} headers ask for, which questions the
 * authorizer has to allow first, and who acts then. Asks nobody itself: the questions are handed to
 * an {@link dev.certwright.authentication.impersonation.AccessCheck}.
 */
@NullMarked
package dev.certwright.authentication.impersonation;

import org.jspecify.annotations.NullMarked;
