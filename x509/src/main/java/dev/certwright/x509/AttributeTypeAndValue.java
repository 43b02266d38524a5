package dev.certwright.x509;

import dev.certwright.x509.der.Oid;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a name (RFC 5280 4.1.2.4).
 *
 * @param type such as {@link Oids#COMMON_NAME}
 * @param value the text, or null if it is of no string type that kube-apiserver reads (rule XS-04)
 */
public record AttributeTypeAndValue(Oid type, @Nullable String value) {}
