package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * RSASSA-PSS-params (RFC 4055 3.1) as kube-apiserver reads them (rule XS-21). Upstream uses a
 * second and more generous reader for these: an explicit tag is opened without looking at its
 * length, a sequence may go on after its last known field, and tags may take several bytes.
 * Anything it does not accept makes the algorithm unknown, not the certificate unreadable.
 */
final class PssParameters {
  private static final Oid SHA_256 = Oid.of(2, 16, 840, 1, 101, 3, 4, 2, 1);
  private static final Oid SHA_384 = Oid.of(2, 16, 840, 1, 101, 3, 4, 2, 2);
  private static final Oid SHA_512 = Oid.of(2, 16, 840, 1, 101, 3, 4, 2, 3);
  private static final Oid MGF1 = Oid.of(1, 2, 840, 113549, 1, 1, 8);
  private static final int UNIVERSAL_INTEGER = Tag.INTEGER;
  private static final int MAXIMUM_BEFORE_SHIFT = 1 << 23;

  private final byte[] bytes;
  private int position;
  private final int end;

  private int tag;
  private int length;

  private PssParameters(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /**
   * The algorithm that the parameters select.
   *
   * @param parameters DER of the parameters; may be empty
   * @return null if they select none of ours
   */
  static @Nullable SignatureAlgorithm algorithm(byte[] parameters) {
    try {
      return read(parameters);
    } catch (DerException unreadable) {
      return null;
    }
  }

  private static @Nullable SignatureAlgorithm read(byte[] parameters) {
    PssParameters outer = new PssParameters(parameters, 0, parameters.length);
    PssParameters fields = outer.sequence();
    Identifier hash = fields.explicit(0).identifier();
    Identifier mask = fields.explicit(1).identifier();
    PssParameters maskHashReader = new PssParameters(mask.parameters, 0, mask.parameters.length);
    long saltLength = fields.explicit(2).integer();
    long trailer = fields.trailer();
    Identifier maskHash = maskHashReader.identifier();
    if (!hash.hasNullOrNoParameters()
        || !mask.algorithm.equals(MGF1)
        || !maskHash.algorithm.equals(hash.algorithm)
        || !maskHash.hasNullOrNoParameters()
        || trailer != 1) {
      return null;
    }
    if (hash.algorithm.equals(SHA_256) && saltLength == 32) {
      return SignatureAlgorithm.RSA_PSS_SHA256;
    } else if (hash.algorithm.equals(SHA_384) && saltLength == 48) {
      return SignatureAlgorithm.RSA_PSS_SHA384;
    } else if (hash.algorithm.equals(SHA_512) && saltLength == 64) {
      return SignatureAlgorithm.RSA_PSS_SHA512;
    }
    return null;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Identifier(Oid algorithm, byte[] parameters) {
    boolean hasNullOrNoParameters() {
      return parameters.length == 0
          || parameters.length == 2 && parameters[0] == Tag.NULL && parameters[1] == 0;
    }
  }

  private Identifier identifier() {
    PssParameters fields = sequence();
    fields.header();
    fields.require(Tag.OBJECT_IDENTIFIER);
    Oid algorithm = Oid.ofContents(fields.contents());
    if (fields.position == fields.end) {
      return new Identifier(algorithm, new byte[0]);
    }
    int from = fields.position;
    fields.header();
    fields.contents();
    return new Identifier(algorithm, Arrays.copyOfRange(bytes, from, fields.position));
  }

  private PssParameters sequence() {
    header();
    require(Tag.SEQUENCE);
    int from = position;
    contents();
    return new PssParameters(bytes, from, position);
  }

  /** Steps over the header of an explicit tag; what it wraps is read next, whatever its length. */
  private PssParameters explicit(int number) {
    header();
    if (position == end || !isExplicit(number) || length == 0) {
      throw new DerException("RSA-PSS parameters without field [" + number + "]");
    }
    return this;
  }

  private boolean isExplicit(int number) {
    return tag == Tag.constructed(number) || tag == Tag.primitive(number) && length == 0;
  }

  private long integer() {
    header();
    require(UNIVERSAL_INTEGER);
    return integerContents();
  }

  private long trailer() {
    if (position == end) {
      return 1;
    }
    header();
    if (position == end) {
      throw new DerException("RSA-PSS parameters that end inside a field");
    }
    if (!isExplicit(3)) {
      return 1;
    }
    if (length == 0) {
      throw new DerException("RSA-PSS parameters with an empty field [3]");
    }
    header();
    return tag == UNIVERSAL_INTEGER ? integerContents() : 1;
  }

  private long integerContents() {
    byte[] value = contents();
    if (value.length == 0 || value.length > 8) {
      throw new DerException("an INTEGER of " + value.length + " bytes in RSA-PSS parameters");
    }
    if (value.length > 1 && (value[0] == 0 && value[1] >= 0 || value[0] == -1 && value[1] < 0)) {
      throw new DerException("an INTEGER with needless leading bytes in RSA-PSS parameters");
    }
    long result = value[0];
    for (int i = 1; i < value.length; i++) {
      result = result << 8 | value[i] & 0xFF;
    }
    return result;
  }

  private void require(int expected) {
    if (tag != expected) {
      throw new DerException("RSA-PSS parameters with an element of another type");
    }
  }

  private byte[] contents() {
    if (length > end - position) {
      throw new DerException("RSA-PSS parameters that end inside an element");
    }
    int from = position;
    position += length;
    return Arrays.copyOfRange(bytes, from, position);
  }

  /** Leaves class, form and number in {@link #tag}; a number above 30 becomes a tag of no use. */
  private void header() {
    int first = next();
    tag = first;
    if ((first & 0x1F) == 0x1F) {
      skipTagNumber();
      tag = -1;
    }
    int octet = next();
    if (octet < 0x80) {
      length = octet;
      return;
    }
    int count = octet & 0x7F;
    if (count == 0) {
      throw new DerException("RSA-PSS parameters with an indefinite length");
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      octet = next();
      if (value >= MAXIMUM_BEFORE_SHIFT || value == 0 && octet == 0) {
        throw new DerException("RSA-PSS parameters with a length that is padded or too large");
      }
      value = value << 8 | octet;
    }
    if (value < 0x80) {
      throw new DerException("RSA-PSS parameters with a length that is not in its shortest form");
    }
    length = value;
  }

  private void skipTagNumber() {
    long number = 0;
    for (int i = 0; ; i++) {
      int octet = next();
      if (i == 0 && octet == 0x80 || i == 5) {
        throw new DerException("RSA-PSS parameters with a malformed tag");
      }
      number = number << 7 | octet & 0x7F;
      if (octet < 0x80) {
        if (number < 0x1F || number > Integer.MAX_VALUE) {
          throw new DerException("RSA-PSS parameters with a malformed tag");
        }
        return;
      }
    }
  }

  private int next() {
    if (position >= end) {
      throw new DerException("RSA-PSS parameters that end inside a header");
    }
    return bytes[position++] & 0xFF;
  }
}
