/**
 * The launcher script, run by real shells with Java and Maven acted by small scripts that report
 * how they were called. What needs the real virtual machine is in {@code DistributionIT}.
 */
@NullMarked
package dev.certwright.cli.launcher;

import org.jspecify.annotations.NullMarked;
