package dev.certwright.revocation.authorization;

/**
 * How much of each credential id stands in a list. One expression may have 100,000 code points, so
 * that a shorter form carries more. 128 and 64 of the 256 bits still tell any two certificates of
 * one CA apart: whoever wanted theirs to equal another's would have to have the CA sign billions of
 * times, because the serial number is not theirs to choose.
 */
enum IdLength {
  /** All of it. */
  FULL(64, 1_250),
  /** 128 bits. */
  HALF(32, 2_700),
  /** 64 bits. */
  QUARTER(16, 4_900);

  /** Up to here the safer form is worth further authorizers. */
  private static final int HALF_UNTIL = 27_000;

  private static final String PREFIX = "X509SHA256=";

  private final int digits;
  private final int perExpression;

  IdLength(int digits, int perExpression) {
    this.digits = digits;
    this.perExpression = perExpression;
  }

  /** The longest form that is practicable for so many. */
  static IdLength of(int count) {
    if (count <= FULL.perExpression) {
      return FULL;
    }
    return count <= HALF_UNTIL ? HALF : QUARTER;
  }

  /** How many hexadecimal digits of each stand in a list. */
  int digits() {
    return digits;
  }

  /** How many one expression carries. */
  int perExpression() {
    return perExpression;
  }

  /** What is compared with the list, of an id {@code v}. */
  String comparand() {
    return this == FULL
        ? "v"
        // The length first: substring of something shorter is an error, and errors refuse.
        : "size(v) == 75 && v.startsWith('"
            + PREFIX
            + "') && v.substring("
            + PREFIX.length()
            + ","
            + (PREFIX.length() + digits)
            + ")";
  }

  /** What stands in the list for an id. */
  String listed(String credentialId) {
    return this == FULL
        ? credentialId
        : credentialId.substring(PREFIX.length(), PREFIX.length() + digits);
  }
}
