package dev.certwright.revocation.outlet;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.RevocationList;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.DenylistTooLargeException;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.pem.PemWriter;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        "people who are refused by name, with certificates that the ledger does not know",
        "certificates that were taken back by a credential id which nobody imported: their serial"
            + " number is not known");
  }

  /** Programs that read revocation lists do not tell which one they have. */
  @Override
  public List<String> unasked() {
    List<String> unasked = new ArrayList<>();
    for (Recipient recipient : recipients) {
      unasked.add(recipient.name());
    }
    return unasked;
  }

  @Override
  public int size(Standing standing, byte[] content) {
    try {
      Set<? extends X509CRLEntry> entries = list(content).getRevokedCertificates();
      return entries == null ? 0 : entries.size();
    } catch (GeneralSecurityException unreadable) {
      return 0;
    }
  }

  private static X509CRL list(byte[] content) throws GeneralSecurityException {
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content));
  }

  private static List<RevocationList.Entry> entries(Standing standing, Certificate authority) {
    if (standing.takenBack().size() > Denylist.MAXIMUM) {
      throw new DenylistTooLargeException(
          "more than " + Denylist.MAXIMUM + " certificates are taken back");
    }
    String issuer = authority.subject().toString();
    Map<BigInteger, RevocationList.Entry> entries = new LinkedHashMap<>();
    for (TakenBack certificate : standing.takenBack()) {
      if (certificate.issuer().equals(issuer)) {
        entries.put(
            certificate.serialNumber(),
            new RevocationList.Entry(
                certificate.serialNumber(), certificate.since(), certificate.suspended()));
      }
    }
    return List.copyOf(entries.values());
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
    byte[] der =
        new RevocationList(ca).sign(entries(standing, ca.certificate()), standing.at(), validity);
    // What stands before a PEM block is for people (RFC 7468, section 2); programs pass over it.
    byte[] comment = (COMMENT + ": " + ledger.words() + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] pem = PemWriter.write("X509 CRL", der);
    byte[] content = Arrays.copyOf(comment, comment.length + pem.length);
    System.arraycopy(pem, 0, content, comment.length, pem.length);
    return content;
  }

  /**
   * Whether it is from this ledger and as far, signed by this CA, not over, and names all that it
   * must; no two lists are equal, because each says when it was made.
   */
  @Override
  public boolean isUpToDate(Standing standing, byte[] before) {
    SourceLedger there = source(before);
    standing.origin().require(path.toString(), there);
    if (!there.equals(standing.origin().ledger())) {
      return false;
    }
    try {
      X509CRL list = list(before);
      Certificate signer = signer(list);
      Date end = list.getNextUpdate();
      return signer != null
          && end != null
          && end.toInstant().isAfter(standing.at())
          && names(list, entries(standing, signer));
    } catch (GeneralSecurityException unreadable) {
      return false;
    }
  }

  /** Of the CA's certificates the one whose key has signed it; null if none has. */
  private @Nullable Certificate signer(X509CRL list) throws GeneralSecurityException {
    for (Certificate one : authority.readCertificates()) {
      try {
        list.verify(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(one.encoded()))
                .getPublicKey());
        return one;
      } catch (InvalidKeyException | SignatureException another) {
        // Then it may be the next.
      }
    }
    return null;
  }

  /** Also those of people who are refused by name: the ledger may have learned of them since. */
  private static boolean names(X509CRL list, List<RevocationList.Entry> entries) {
    for (RevocationList.Entry entry : entries) {
      X509CRLEntry there = list.getRevokedCertificate(entry.serialNumber());
      if (there == null
          || entry.hold() != (there.getRevocationReason() == CRLReason.CERTIFICATE_HOLD)) {
        return false;
      }
    }
    return true;
  }
}
