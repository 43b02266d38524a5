/** Who a client certificate speaks for, in the terms kube-apiserver uses. */
@NullMarked
package dev.certwright.identity;

import org.jspecify.annotations.NullMarked;
