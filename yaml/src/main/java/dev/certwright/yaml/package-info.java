/** YAML as Kubernetes reads it. */
@NullMarked
package dev.certwright.yaml;

import org.jspecify.annotations.NullMarked;
