package dev.certwright.x509.der;

/** Identifier octets of the types used here; all in low-tag-number form (X.690 8.1.2.2). */
public final class Tag {
  public static final int BOOLEAN = 0x01;
  public static final int INTEGER = 0x02;
  public static final int BIT_STRING = 0x03;
  public static final int OCTET_STRING = 0x04;
  public static final int NULL = 0x05;
  public static final int OBJECT_IDENTIFIER = 0x06;
  public static final int ENUMERATED = 0x0A;
  public static final int UTF8_STRING = 0x0C;
  public static final int NUMERIC_STRING = 0x12;
  public static final int PRINTABLE_STRING = 0x13;
  public static final int T61_STRING = 0x14;
  public static final int IA5_STRING = 0x16;
  public static final int UTC_TIME = 0x17;
  public static final int GENERALIZED_TIME = 0x18;
  public static final int BMP_STRING = 0x1E;
  public static final int SEQUENCE = 0x30;
  public static final int SET = 0x31;

  private Tag() {}

  /** The context-specific constructed tag {@code [number]}. */
  public static int constructed(int number) {
    return 0xA0 | number;
  }

  /** The context-specific primitive tag {@code [number]}. */
  public static int primitive(int number) {
    return 0x80 | number;
  }
}
