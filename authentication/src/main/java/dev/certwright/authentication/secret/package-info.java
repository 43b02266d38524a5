/** How secrets are kept, compared and looked after, whatever they are. */
@NullMarked
package dev.certwright.authentication.secret;

import org.jspecify.annotations.NullMarked;
