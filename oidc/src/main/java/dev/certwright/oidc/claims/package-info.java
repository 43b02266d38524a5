/** What is made of a token that was taken apart: its keys, its claims, the user that it names. */
@NullMarked
package dev.certwright.oidc.claims;

import org.jspecify.annotations.NullMarked;
