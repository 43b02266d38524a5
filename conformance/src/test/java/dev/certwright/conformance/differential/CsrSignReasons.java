package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Why Certwright may refuse what upstream signs: each reason of the list of disagreements is looked
 * for in the order itself, whatever Certwright says.
 */
final class CsrSignReasons {
  private static final Duration LEAST = Duration.ofMinutes(10);
  private static final int LEAST_BITS = 2048;
  private static final ASN1ObjectIdentifier P_224 = SECObjectIdentifiers.secp224r1;
  private static final Set<String> SHA_1 =
      Set.of(
          PKCSObjectIdentifiers.sha1WithRSAEncryption.getId(),
          X9ObjectIdentifiers.ecdsa_with_SHA1.getId());
  private static final int KEY_CERT_SIGN = 5;
  private static final byte DER_SEQUENCE = 0x30;
  private static final Pattern BEGIN = Pattern.compile("(?m)^-----BEGIN \\S");

  private CsrSignReasons() {}

  /** All that hold, by the names that kinds have behind {@code stricter-}. */
  static Set<String> of(CsrSignOrder order) {
    Set<String> reasons = new TreeSet<>();
    if (isBad(order.user())
        || order.groups().stream().anyMatch(CsrSignReasons::isBad)
        || !order.uid().isEmpty() && isBad(order.uid())) {
      reasons.add("name");
    }
    if (new HashSet<>(order.groups()).size() < order.groups().size()) {
      reasons.add("group");
    }
    if (order.now().isBefore(order.authorityStart())) {
      reasons.add("ca");
    }
    if (isUnfit(order.authority())) {
      reasons.add("unfit-ca");
    }
    Duration left = Duration.between(order.now(), order.authorityEnd());
    if (order.life().compareTo(CsrSignOrder.CEILING) > 0 || left.compareTo(LEAST) < 0) {
      reasons.add("lifetime");
    }
    CertificationRequestInfo request = order.request();
    SubjectPublicKeyInfo key = request.getSubjectPublicKeyInfo();
    if (isRsa(key) && bits(key) < LEAST_BITS) {
      reasons.add("key");
    }
    if (P_224.equals(key.getAlgorithm().getParameters())) {
      reasons.add("curve");
    }
    if (SHA_1.contains(order.signatureAlgorithm())) {
      reasons.add("signature");
    }
    if (asksTwice(request)) {
      reasons.add("unreadable");
    }
    if (hasDamagedBlock(order.file())) {
      reasons.add("unreadable");
    }
    return reasons;
  }

  /** Which of them Certwright means by a rule of its own. */
  static String of(String rule) {
    if (rule.startsWith("name-")) {
      return "name";
    }
    return switch (rule) {
      case "group-twice" -> "group";
      case "key-weak" -> "key";
      case "key-curve" -> "curve";
      case "csr-signature-algorithm" -> "signature";
      case "ca-not-yet-valid" -> "ca";
      case "ca-not-a-ca", "ca-key-usage", "ca-extended-key-usage", "ca-critical" -> "unfit-ca";
      default -> rule;
    };
  }

  /** Whether the file has a form that the API does not know: DER, or the older label. */
  static boolean isOtherForm(byte[] file) {
    PemBlock first = PemScanner.first(file);
    return first == null
        ? file.length > 0 && file[0] == DER_SEQUENCE
        : first.label().equals(PemBlock.NEW_CERTIFICATE_REQUEST);
  }

  /** Whether kube-apiserver would let nobody in with what this CA signs. */
  private static boolean isUnfit(X509Certificate ca) {
    if (ca.getVersion() < 3) {
      return false;
    }
    try {
      List<String> purposes = ca.getExtendedKeyUsage();
      boolean[] usage = ca.getKeyUsage();
      return ca.getBasicConstraints() < 0
          || usage != null && !usage[KEY_CERT_SIGN]
          || purposes != null && !purposes.contains(KeyPurposeId.id_kp_clientAuth.getId())
          || ca.hasUnsupportedCriticalExtension();
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Whether an extension is asked for twice, also in Microsoft's attribute, unread upstream. */
  private static boolean asksTwice(CertificationRequestInfo request) {
    Set<ASN1Encodable> asked = new HashSet<>();
    for (ASN1Encodable one : request.getAttributes()) {
      Attribute attribute = Attribute.getInstance(one);
      if (attribute.getAttrType().equals(BroughtRequests.MICROSOFT_EXTENSIONS)
          || attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
        for (ASN1Encodable extension :
            ASN1Sequence.getInstance(attribute.getAttrValues().getObjectAt(0))) {
          if (!asked.add(ASN1Sequence.getInstance(extension).getObjectAt(0))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether something begins like a block and is none that upstream finds. */
  private static boolean hasDamagedBlock(byte[] file) {
    long begun = BEGIN.matcher(new String(file, ISO_8859_1)).results().count();
    return PemScanner.scan(file).size() < begun;
  }

  private static boolean isRsa(SubjectPublicKeyInfo key) {
    return key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
  }

  private static boolean isBad(String name) {
    return CsrSignQuestions.BAD_NAMES.contains(name);
  }

  private static int bits(SubjectPublicKeyInfo key) {
    try {
      return ((RSAPublicKey)
              KeyFactory.getInstance("RSA")
                  .generatePublic(new X509EncodedKeySpec(key.getEncoded())))
          .getModulus()
          .bitLength();
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
