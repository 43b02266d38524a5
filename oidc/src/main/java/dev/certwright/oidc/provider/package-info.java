/**
 * The identity provider: its description and its keys, fetched over HTTPS, bounded in size, time
 * and number, and never by the thread that asks.
 */
@NullMarked
package dev.certwright.oidc.provider;

import org.jspecify.annotations.NullMarked;
