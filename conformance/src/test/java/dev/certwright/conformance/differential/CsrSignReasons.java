package dev.certwright.conformance.differential;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Why Certwright may refuse what upstream signs: each reason of the list of disagreements is looked
 * for in the order and in what upstream signed, whatever Certwright says.
 */
final class CsrSignReasons {
  private static final Duration LEAST = Duration.ofMinutes(10);
  private static final int LEAST_BITS = 2048;

  private CsrSignReasons() {}

  /** All that hold, by the names that kinds have behind {@code stricter-}. */
  static Set<String> of(CsrSignOrder order, String publicKey) {
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
    Duration left = Duration.between(order.now(), order.authorityEnd());
    if (order.life().compareTo(CsrSignOrder.CEILING) > 0 || left.compareTo(LEAST) < 0) {
      reasons.add("lifetime");
    }
    SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(HexFormat.of().parseHex(publicKey));
    if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
        && bits(key) < LEAST_BITS) {
      reasons.add("key");
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
      case "ca-not-yet-valid" -> "ca";
      default -> rule;
    };
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
