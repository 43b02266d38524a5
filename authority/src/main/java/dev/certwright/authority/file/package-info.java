/**
 * An authority's and its clients' files: reading them within bounds, writing them whole or not at
 * all, for their owner only, and durable before anybody is told that they are there.
 */
@NullMarked
package dev.certwright.authority.file;

import org.jspecify.annotations.NullMarked;
