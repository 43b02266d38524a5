package dev.certwright.revocation.outlet;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.RevocationList;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.pem.PemWriter;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A certificate revocation list (RFC 5280) for programs that read one: nginx, Envoy, HAProxy.
 * kube-apiserver does not.
 *
 * @param path where it is written, as PEM
 * @param authority whose certificates are listed, and which signs
 * @param password how its key opens
 * @param validity until when a next list must be there
 */
public record RevocationListOutlet(
    String name,
    Path path,
    AuthorityFiles authority,
    PasswordSource password,
    Duration validity,
    List<Recipient> recipients)
    implements Outlet {
  private static final String COMMENT = "# certwright";

  public RevocationListOutlet {
    recipients = List.copyOf(recipients);
  }

  @Override
  public String kind() {
    return "revocation list";
  }

  @Override
  public List<String> leavesOpen() {
    return List.of(
        "kube-apiserver itself, which reads no revocation list",
        "people who are refused by name, with certificates that the ledger does not know");
  }

  @Override
  public SourceLedger source(byte[] content) {
    return SourceLedger.in(new String(content, StandardCharsets.ISO_8859_1), COMMENT);
  }

  @Override
  public byte[] content(Standing standing, byte @Nullable [] before) {
    SourceLedger ledger = standing.origin().ledger();
    if (before != null) {
      standing.origin().require(path.toString(), source(before));
    }
    CertificateAuthority ca = authority.load(new PortableCryptography(), password);
    String issuer = ca.certificate().subject().toString();
    Map<BigInteger, RevocationList.Entry> entries = new LinkedHashMap<>();
    for (TakenBack certificate : standing.takenBack()) {
      if (certificate.issuer().equals(issuer)) {
        entries.put(
            certificate.serialNumber(),
            new RevocationList.Entry(
                certificate.serialNumber(), certificate.since(), certificate.suspended()));
      }
    }
    byte[] der =
        new RevocationList(ca).sign(List.copyOf(entries.values()), standing.at(), validity);
    // What stands before a PEM block is for people (RFC 7468, section 2); programs pass over it.
    byte[] comment = (COMMENT + ": " + ledger.words() + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] pem = PemWriter.write("X509 CRL", der);
    byte[] content = Arrays.copyOf(comment, comment.length + pem.length);
    System.arraycopy(pem, 0, content, comment.length, pem.length);
    return content;
  }

  /**
   * By the ledger that it names and by its end, as no two lists are equal: each says when it was
   * made.
   */
  @Override
  public boolean isUpToDate(Standing standing, byte[] before) {
    SourceLedger there = source(before);
    standing.origin().require(path.toString(), there);
    if (!there.equals(standing.origin().ledger())) {
      return false;
    }
    try {
      Date end =
          ((X509CRL)
                  CertificateFactory.getInstance("X.509")
                      .generateCRL(new ByteArrayInputStream(before)))
              .getNextUpdate();
      return end != null && end.toInstant().isAfter(standing.at());
    } catch (CertificateException | CRLException unreadable) {
      return false;
    }
  }
}
