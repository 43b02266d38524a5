package dev.certwright.x509;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom kube-apiserver sees in a subject, provided that the certificate verifies (rules X-12 to
 *
 *
 * @param identity with {@code system:authenticated}; null if the subject gives none
 * @param problem why there is none; empty if there is one
 */
public record SubjectIdentity(@Nullable Identity identity, String problem) {

  /** Of a certificate: the credential id is among the extra values. */
  public static SubjectIdentity of(Certificate certificate) {
    if (!certificate.subject().isReadable() || !certificate.issuer().isReadable()) {
      return new SubjectIdentity(
          null,
          "a name with a value that is no text of a known type: kube-apiserver refuses the"
              + " certificate (rule XS-04)");
    }
    Map<String, List<String>> extra = new LinkedHashMap<>();
    extra.put(CredentialId.EXTRA_KEY, List.of(certificate.credentialId().value()));
    return of(certificate.subject(), extra);
  }

  /** Of the certificate that a request would become. */
  public static SubjectIdentity of(CertificateRequest request) {
    return of(request.subject(), Map.of());
  }

  private static SubjectIdentity of(DistinguishedName subject, Map<String, List<String>> extra) {
    List<String> names = subject.values(Oids.COMMON_NAME);
    // The last one counts, even when it is empty (rules X-14 and XS-01).
    if (names.isEmpty() || names.get(names.size() - 1).isEmpty()) {
      return new SubjectIdentity(
          null, "no Common Name: kube-apiserver does not take it for a user (rule X-13)");
    }
    List<String> uids = subject.values(Oids.KUBERNETES_UID);
    if (uids.size() > 1) {
      return new SubjectIdentity(null, "several uids: kube-apiserver refuses it (rule X-19)");
    }
    if (uids.size() == 1 && uids.get(0).isEmpty()) {
      return new SubjectIdentity(null, "an empty uid: kube-apiserver refuses it (rule X-19)");
    }
    Identity identity =
        new Identity(
            names.get(names.size() - 1),
            uids.isEmpty() ? "" : uids.get(0),
            subject.values(Oids.ORGANIZATION),
            extra);
    return new SubjectIdentity(identity.withAuthenticatedGroup(), "");
  }
}
