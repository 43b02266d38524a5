/**
 * User names and passwords over HTTP Basic, as kube-apiserver had them until 1.19 took them out.
 * For tests and old scripts; nobody gets it without asking for it.
 */
@NullMarked
package dev.certwright.authentication.password;

import org.jspecify.annotations.NullMarked;
