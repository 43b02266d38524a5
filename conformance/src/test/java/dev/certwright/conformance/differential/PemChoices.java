package dev.certwright.conformance.differential;

import java.util.Base64;
import java.util.List;

/** Certificates and their keys in every form that clients meet, and in some that they refuse. */
final class PemChoices {
  /** A certificate and the forms of its key (KC-20). */
  private record Pair(String certificate, List<String> keys) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(KnownPems.CERTIFICATE, List.of(KnownPems.KEY)),
          new Pair(KnownPems.of("rsa.crt"), pems("rsa.key", "rsa.pkcs1.key")),
          new Pair(KnownPems.of("ec.crt"), pems("ec.key", "ec.sec1.key")),
          new Pair(KnownPems.of("ed25519.crt"), pems("ed25519.key")),
          new Pair(KnownPems.of("chain.crt"), pems("chain.key")));

  /** Of curves that are read by some and used by nobody, and a key that needs a password. */
  private static final List<Pair> ODD_PAIRS =
      List.of(
          new Pair(KnownPems.of("secp256k1.crt"), pems("secp256k1.key")),
          new Pair(KnownPems.of("p224.crt"), pems("p224.key")),
          new Pair(KnownPems.of("ec.crt"), pems("ec.encrypted.key")),
          new Pair(KnownPems.of("rsa.crt"), List.of(KnownPems.OTHER_KEY)));

  private static final String BROKEN =
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private static final String NOT_BASE64 =
      "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
  private static final String FOREIGN =
      "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";

  private final Choices choices;

  PemChoices(Choices choices) {
    this.choices = choices;
  }

  private static List<String> pems(String... names) {
    return java.util.Arrays.stream(names).map(KnownPems::of).toList();
  }

  /** A certificate and its key, mostly. */
  String[] pair() {
    Pair pair = one(choices.once(12) ? ODD_PAIRS : PAIRS);
    String key = pair.keys.get(choices.below(pair.keys.size()));
    return new String[] {form(pair.certificate), key(key)};
  }

  /** Of one CA or of several. */
  String authority() {
    String pem = form(one(choices.once(12) ? ODD_PAIRS : PAIRS).certificate);
    return choices.once(6) ? pem + form(one(PAIRS).certificate) : pem;
  }

  private Pair one(List<Pair> pairs) {
    return pairs.get(choices.below(pairs.size()));
  }

  private String key(String key) {
    if (!choices.once(6)) {
      return key;
    }
    return choices.once(3)
        ? labelled(
            key,
            choices.of(
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "PRIVATE KEY",
                "ANY PRIVATE KEY",
                "ANYPRIVATE KEY",
                "KEY"))
        : form(key);
  }

  private static String labelled(String key, String label) {
    return key.replaceAll("(BEGIN|END) [A-Z ]*PRIVATE KEY", "$1 " + label);
  }

  /** Mostly as it is. */
  private String form(String pem) {
    if (!choices.once(5)) {
      return pem;
    }
    return switch (choices.below(19)) {
      case 0 -> "\uFEFF" + pem;
      case 1 -> pem.replaceFirst("-----\n", "-----\nX: y\n\n");
      case 2 -> pem.replace("\n", "\r\n");
      case 3 -> "of openssl\n" + pem;
      case 4 -> FOREIGN + pem;
      case 5 -> pem + FOREIGN;
      case 6 -> BROKEN + pem;
      case 7 -> pem + BROKEN;
      case 8 -> NOT_BASE64 + pem;
      case 9 -> pem + NOT_BASE64;
      case 10 -> "  " + pem;
      case 11 -> pem.strip();
      case 12 -> pem.replace("CERTIFICATE", choices.of("TRUSTED CERTIFICATE", "X509 CERTIFICATE"));
      case 13 -> pem + pem;
      case 14 -> KnownPems.KEY + pem;
      case 15 -> KnownPems.CERTIFICATE + pem;
      case 16 -> pem.replaceFirst("-----END [A-Z ]*", "-----END OTHER");
      case 17 -> choices.of("", "\n", "x");
      default -> choices.damaged(pem, "-", "\n", "=", "A", "\u00E9");
    };
  }

  /** The contents of the first block, in base64; empty if it is damaged. */
  static String der(String pem) {
    String body = pem.replaceAll("(?s)-----END.*", "").replaceAll("-----BEGIN[^\n]*\n|\\s", "");
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
