/**
 * CSV as Go's {@code encoding/csv} reads it, and files of static users in it. Depends on nothing
 * but bytes, so that token and password files are the same to it.
 */
@NullMarked
package dev.certwright.authentication.csv;

import org.jspecify.annotations.NullMarked;
