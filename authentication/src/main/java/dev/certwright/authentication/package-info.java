/**
 * Who is asking: authenticators as kube-apiserver chains them. Each gets what a client showed and
 * answers with an {@link dev.certwright.authentication.Authentication}; the server and the review
 * API call them.
 */
@NullMarked
package dev.certwright.authentication;

import org.jspecify.annotations.NullMarked;
