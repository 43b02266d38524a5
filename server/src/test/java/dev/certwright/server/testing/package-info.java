/** A CA, clients with its certificates, and a server in a folder of its own; for the tests here. */
@NullMarked
package dev.certwright.server.testing;

import org.jspecify.annotations.NullMarked;
