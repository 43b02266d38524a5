/**
 * The objects of manifests, served read-only to a real kubectl: to try RBAC without a cluster. A
 * write is answered by 405 if it is authorized; it comes no further than the pipeline, and to 403,
 * if it is not.
 */
@NullMarked
package dev.certwright.server.sandbox;

import org.jspecify.annotations.NullMarked;
