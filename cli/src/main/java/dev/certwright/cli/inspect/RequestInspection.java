package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.RequestCheck;
import dev.certwright.authority.Severity;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.Extension;
import dev.certwright.x509.SubjectIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a certificate request is and what is odd about it. */
final class RequestInspection {
  private RequestInspection() {}

  static Item of(CertificateRequest request, String where) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    IdentityFields.add(fields, findings, SubjectIdentity.of(request));
    fields.put("subject", request.subject().toString());
    fields.put("key", request.publicKey().description());
    fields.put("signatureAlgorithm", request.signatureAlgorithmDescription());
    boolean possession = request.provesPossession();
    fields.put("proofOfPossession", possession);
    List<@Nullable Object> extensions = new ArrayList<>();
    for (Extension extension : request.requestedExtensions().list()) {
      extensions.add(ExtensionText.of(extension));
    }
    fields.put("requestedExtensions", extensions);
    if (!possession) {
      findings.add(
          new Finding(
              Severity.FORBIDDEN,
              "csr-signature",
              "the request is not signed by the key it names",
              "make it anew with the private key it is for"));
    }
    findings.addAll(RequestCheck.ofKey(request.publicKey()));
    return new Item("certificate request", where, fields, findings);
  }
}
