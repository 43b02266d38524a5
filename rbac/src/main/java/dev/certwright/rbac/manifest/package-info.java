/**
 * RBAC objects out of files: {@link dev.certwright.rbac.manifest.ManifestLoader} reads YAML and
 * JSON as kubectl and the API server read them, checks what the API server would check, and gives a
 * {@link dev.certwright.rbac.manifest.Manifest}, from which a policy is made. {@link
 * dev.certwright.rbac.manifest.DefaultRoles} has what an API server creates by itself.
 *
 * <p>The commands and the server may call this package.
 */
@NullMarked
package dev.certwright.rbac.manifest;

import org.jspecify.annotations.NullMarked;
