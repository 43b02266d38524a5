/**
 * Who signs, and under which rules: the certificate authority whose key lies in a file, the rules
 * for names and lifetimes that guard every issuance, the plan that shows what would be made, and
 * the issuer that makes it. Used by {@code cli} and {@code server}.
 */
@NullMarked
package dev.certwright.authority;

import org.jspecify.annotations.NullMarked;
