/** Files of an authority and of clients, on a real disk. */
@NullMarked
package dev.certwright.authority.file;

import org.jspecify.annotations.NullMarked;
