/**
 * What people do, with the real programs: Certwright's distribution, kubectl and kube-apiserver.
 */
@NullMarked
package dev.certwright.conformance.endtoend;

import org.jspecify.annotations.NullMarked;
