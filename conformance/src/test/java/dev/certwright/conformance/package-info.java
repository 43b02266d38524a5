/**
 * Proof that Certwright does as kube-apiserver does. Nothing here is part of the product.
 *
 * <p>{@code controlplane} runs a real one, {@code endtoend} tests with it, {@code differential}
 * compares answers with upstream's own code, {@code program} runs programs.
 */
@NullMarked
package dev.certwright.conformance;

import org.jspecify.annotations.NullMarked;
