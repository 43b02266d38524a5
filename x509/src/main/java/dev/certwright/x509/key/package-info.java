/**
 * Private keys: making, reading, writing and signing with them, and checking signatures. Key bytes
 * leave a value only through methods called {@code encodePrivateKey…} and never stand in messages.
 * The portable form needs nothing but the JDK and BouncyCastle's classes; a native provider is used
 * where one is on the class path and the work is worth loading it for.
 */
@NullMarked
package dev.certwright.x509.key;

import org.jspecify.annotations.NullMarked;
