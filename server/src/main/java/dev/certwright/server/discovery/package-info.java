/**
 * Which resources there are: those of kube-apiserver and those of CustomResourceDefinitions, told
 * to clients in both forms of discovery. The sandbox asks the catalog too.
 */
@NullMarked
package dev.certwright.server.discovery;

import org.jspecify.annotations.NullMarked;
