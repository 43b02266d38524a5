package dev.certwright.authority;

import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SignedStructure;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A complete version 2 certificate revocation list (RFC 5280 5): authorityKeyIdentifier and
 * cRLNumber, no delta, no distribution points.
 */
public final class RevocationList {
  private static final byte[] CERTIFICATE_HOLD = {6};

  /**
   * One certificate on it.
   *
   * @param serialNumber of the certificate
   * @param revoked since when
   * @param hold whether it may come back (reasonCode certificateHold)
   */
  public record Entry(BigInteger serialNumber, Instant revoked, boolean hold) {}

  private final CertificateAuthority authority;

  /**
   * Lists of a CA.
   *
   * @throws RefusedException if its keyUsage does not let it sign them
   */
  public RevocationList(CertificateAuthority authority) {
    Set<KeyUsage> usage = authority.certificate().extensions().keyUsage();
    if (usage != null && !usage.contains(KeyUsage.CRL_SIGN)) {
      throw new RefusedException(
          List.of(
              Finding.forbidden(
                  "ca-crl-sign",
                  "this CA may not sign revocation lists: its keyUsage is without cRLSign",
                  "leave this outlet out, and let kube-apiserver refuse the certificates")));
    }
    this.authority = authority;
  }

  /**
   * Signs one.
   *
   * @param entries what is on it, in any order, each serial number once
   * @param thisUpdate when; its second is the cRLNumber too, so that a later list has a larger one
   * @param validity until when the next one will be there
   * @return DER
   */
  public byte[] sign(List<Entry> entries, Instant thisUpdate, Duration validity) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::serialNumber).reversed());
    DerWriter writer = new DerWriter();
    int tbs = writer.mark();
    extensions(writer, BigInteger.valueOf(thisUpdate.getEpochSecond()));
    if (!sorted.isEmpty()) {
      int list = writer.mark();
      for (Entry entry : sorted) {
        entry(writer, entry);
      }
      writer.wrap(Tag.SEQUENCE, list);
    }
    writer.time(thisUpdate.plus(validity)).time(thisUpdate);
    writer.raw(authority.certificate().subject().encoded());
    writer.raw(authority.key().signatureAlgorithm().identifier()).integer(1);
    writer.wrap(Tag.SEQUENCE, tbs);
    return SignedStructure.encode(writer.toByteArray(), authority.key());
  }

  /** From the last to the first, because the writer goes from back to front. */
  private static void entry(DerWriter writer, Entry entry) {
    int whole = writer.mark();
    if (entry.hold()) {
      int value = writer.mark();
      writer.element(Tag.ENUMERATED, CERTIFICATE_HOLD);
      finish(writer, value, Oids.REASON_CODE);
      writer.wrap(Tag.SEQUENCE, value);
    }
    writer.time(entry.revoked()).integer(entry.serialNumber()).wrap(Tag.SEQUENCE, whole);
  }

  private void extensions(DerWriter writer, BigInteger number) {
    int whole = writer.mark();
    int value = writer.mark();
    writer.integer(number);
    finish(writer, value, Oids.CRL_NUMBER);
    int identifier = writer.mark();
    writer.element(Tag.primitive(0), authority.keyIdentifier()).wrap(Tag.SEQUENCE, identifier);
    finish(writer, identifier, Oids.AUTHORITY_KEY_IDENTIFIER);
    writer.wrap(Tag.SEQUENCE, whole).wrap(Tag.constructed(0), whole);
  }

  private static void finish(DerWriter writer, int mark, Oid oid) {
    writer.wrap(Tag.OCTET_STRING, mark).oid(oid).wrap(Tag.SEQUENCE, mark);
  }
}
