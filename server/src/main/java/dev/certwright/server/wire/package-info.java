/**
 * How objects travel: JSON, YAML and protobuf, and which of them a client wants. The pipeline and
 * the endpoints call it.
 */
@NullMarked
package dev.certwright.server.wire;

import org.jspecify.annotations.NullMarked;
