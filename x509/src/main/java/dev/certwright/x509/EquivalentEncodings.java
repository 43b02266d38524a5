package dev.certwright.x509;

import dev.certwright.identity.CredentialId;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.EquivalentSignatures;
import java.util.ArrayList;
import java.util.List;

/**
 * One certificate in other bytes. A credential id is the hash of all of a certificate, its
 * signature included, and the signature is not signed: whoever holds a certificate can write it
 * anew, so that kube-apiserver takes it as before and calls it by another id. What is refused by id
 * must be refused by all of them.
 *
 * <p>There are two ways, and no third: the other of two ECDSA signatures ({@link
 * EquivalentSignatures}), and a BIT STRING whose bits are moved to the front as far as its leading
 * zeros allow, with as many unused bits at its end, which Go's RightAlign undoes (rule XS-13). All
 * else is signed, or has one encoding in DER. With ECDSA there are six, because a signature begins
 * with 0x30; with RSA two on average, eight at most.
 */
public final class EquivalentEncodings {
  private static final int MOST_UNUSED_BITS = 7;

  private EquivalentEncodings() {}

  /** The ids under which the certificate can be shown, its own among them. */
  public static List<CredentialId> credentialIds(Certificate certificate) {
    List<CredentialId> ids = new ArrayList<>();
    for (byte[] encoded : of(certificate)) {
      ids.add(CredentialId.ofSha256(Digests.sha256(encoded)));
    }
    return ids;
  }

  /** All encodings, DER, the given one among them. */
  public static List<byte[]> of(Certificate certificate) {
    List<byte[]> encodings = new ArrayList<>();
    for (byte[] signature :
        EquivalentSignatures.of(certificate.knownSignatureAlgorithm(), certificate.signature())) {
      int zeros =
          signature.length == 0 ? 0 : Integer.numberOfLeadingZeros(signature[0] & 0xFF) - 24;
      for (int unused = 0; unused <= Math.min(zeros, MOST_UNUSED_BITS); unused++) {
        encodings.add(encoded(certificate, leftAligned(signature, unused)));
      }
    }
    return encodings;
  }

  /** Contents of a BIT STRING: how many bits are unused, then the bits. */
  private static byte[] leftAligned(byte[] signature, int unused) {
    byte[] contents = new byte[signature.length + 1];
    contents[0] = (byte) unused;
    for (int i = 0; i < signature.length; i++) {
      int next = i + 1 < signature.length ? signature[i + 1] & 0xFF : 0;
      contents[i + 1] = (byte) ((signature[i] & 0xFF) << unused | next >> (8 - unused));
    }
    return contents;
  }

  private static byte[] encoded(Certificate certificate, byte[] signature) {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    return writer
        .element(Tag.BIT_STRING, signature)
        .raw(certificate.signatureAlgorithm())
        .raw(certificate.toBeSigned())
        .wrap(Tag.SEQUENCE, mark)
        .toByteArray();
  }
}
