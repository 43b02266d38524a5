/** Tests of the YAML module. */
@NullMarked
package dev.certwright.yaml;

import org.jspecify.annotations.NullMarked;
