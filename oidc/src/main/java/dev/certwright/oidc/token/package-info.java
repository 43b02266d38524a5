/** Tokens as texts: taken apart as upstream takes them apart, and not believed yet. */
@NullMarked
package dev.certwright.oidc.token;

import org.jspecify.annotations.NullMarked;
