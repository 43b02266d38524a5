package dev.certwright.x509;

import dev.certwright.x509.der.BitString;
import dev.certwright.x509.der.DerReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a key may be used for (RFC 5280 4.2.1.3). */
public enum KeyUsage {
  DIGITAL_SIGNATURE(0, "digitalSignature"),
  CONTENT_COMMITMENT(1, "contentCommitment"),
  KEY_ENCIPHERMENT(2, "keyEncipherment"),
  DATA_ENCIPHERMENT(3, "dataEncipherment"),
  KEY_AGREEMENT(4, "keyAgreement"),
  KEY_CERT_SIGN(5, "keyCertSign"),
  CRL_SIGN(6, "cRLSign"),
  ENCIPHER_ONLY(7, "encipherOnly"),
  DECIPHER_ONLY(8, "decipherOnly");

  private final int bit;
  private final String standardName;

  KeyUsage(int bit, String standardName) {
    this.bit = bit;
    this.standardName = standardName;
  }

  /** The name RFC 5280 gives it. */
  public String standardName() {
    return standardName;
  }

  /** The bit in the order of {@link dev.certwright.x509.der.DerWriter#namedBits}. */
  public int mask() {
    return 0x80000000 >>> bit;
  }

  static Set<KeyUsage> of(byte[] value) {
    BitString bits = DerReader.of(value).readBitString();
    Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
    for (KeyUsage usage : values()) {
      if (bits.bit(usage.bit)) {
        usages.add(usage);
      }
    }
    return Collections.unmodifiableSet(usages);
  }

  /** The standard names in the order of the bits. */
  public static List<String> names(Set<KeyUsage> usages) {
    List<String> names = new ArrayList<>();
    for (KeyUsage usage : values()) {
      if (usages.contains(usage)) {
        names.add(usage.standardName);
      }
    }
    return names;
  }
}
