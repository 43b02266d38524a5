/**
 * Who a request speaks for, in the terms kube-apiserver uses: user name, uid, groups and extra, and
 * the id of the credential that proved it. Depends on nothing; every other module may use it.
 */
@NullMarked
package dev.certwright.identity;

import org.jspecify.annotations.NullMarked;
