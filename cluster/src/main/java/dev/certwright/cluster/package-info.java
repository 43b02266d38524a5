/**
 * A live API server, reached as a kubeconfig says.
 *
 * <p>{@link dev.certwright.cluster.ApiServer} makes requests and bounds their answers; {@link
 * dev.certwright.cluster.RbacReader} lists the objects that make an RBAC policy and says what it
 * may not list; {@link dev.certwright.cluster.PolicyWatch} follows their changes; {@link
 * dev.certwright.cluster.WhoAmI} asks whom the server takes its caller for. Nothing here changes
 * anything in a cluster. The commands and the server may call this package.
 */
@NullMarked
package dev.certwright.cluster;

import org.jspecify.annotations.NullMarked;
