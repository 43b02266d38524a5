/** A real browser, for pages that people look at. */
@NullMarked
package dev.certwright.conformance.browser;

import org.jspecify.annotations.NullMarked;
