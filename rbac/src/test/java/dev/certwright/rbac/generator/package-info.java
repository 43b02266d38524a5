/**
 * Random hostile inputs for RBAC, all made from a seed, and the comparison with upstream's answers.
 * {@link dev.certwright.rbac.generator.Differential} is the program that runs any number of them
 * against the oracle.
 */
@NullMarked
package dev.certwright.rbac.generator;

import org.jspecify.annotations.NullMarked;
