package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name of a subject or issuer (RFC 5280 4.1.2.4), kept with its encoding: two names are equal
 * when their bytes are (rule GV-03).
 */
public final class DistinguishedName implements Comparable<DistinguishedName> {
  /** Bytes that most names need fewer than. */
  private static final int SHORT_NAME = 192;

  private final byte[] encoded;
  private final List<AttributeTypeAndValue> attributes;

  private DistinguishedName(byte[] encoded, List<AttributeTypeAndValue> attributes) {
    this.encoded = encoded;
    this.attributes = Collections.unmodifiableList(attributes);
  }

  /**
   * Reads the next element as a Name.
   *
   * @throws DerException if it is none
   */
  public static DistinguishedName read(DerReader reader) {
    byte[] encoded = reader.readElement();
    List<AttributeTypeAndValue> attributes = new ArrayList<>();
    DerReader sequence = DerReader.of(encoded).read(Tag.SEQUENCE);
    while (!sequence.isEmpty()) {
      DerReader set = sequence.read(Tag.SET);
      while (!set.isEmpty()) {
        DerReader attribute = set.read(Tag.SEQUENCE);
        Oid type = attribute.readOid();
        attributes.add(new AttributeTypeAndValue(type, DirectoryString.read(attribute)));
      }
    }
    return new DistinguishedName(encoded, attributes);
  }

  /**
   * Reads the next element as the Name of a certificate, in which every value must be text of a
   * type that kube-apiserver reads (rule XS-04).
   *
   * @throws DerException if it is none
   */
  static DistinguishedName readText(DerReader reader) {
    DistinguishedName name = read(reader);
    for (AttributeTypeAndValue attribute : name.attributes) {
      if (attribute.value() == null) {
        throw new DerException(
            "a name whose attribute "
                + attribute.type()
                + " is of a string type that kube-apiserver does not read");
      }
    }
    return name;
  }

  /** Reads a whole array as a Name. */
  public static DistinguishedName of(byte[] encoded) {
    DerReader reader = DerReader.of(encoded);
    DistinguishedName name = read(reader);
    reader.requireEnd("a name");
    return name;
  }

  /**
   * A name with one attribute in each RDN, in this order, as UTF8String: the form {@code openssl
   * req -subj} gives, in which the order of groups survives (rule X-16).
   */
  public static DistinguishedName ofAttributes(List<AttributeTypeAndValue> attributes) {
    DerWriter writer = new DerWriter(SHORT_NAME);
    int sequence = writer.mark();
    for (int i = attributes.size() - 1; i >= 0; i--) {
      AttributeTypeAndValue attribute = attributes.get(i);
      String value = attribute.value();
      if (value == null) {
        throw new IllegalArgumentException("an attribute without text cannot be written");
      }
      int set = writer.mark();
      writer.utf8(value).oid(attribute.type()).wrap(Tag.SEQUENCE, set).wrap(Tag.SET, set);
    }
    writer.wrap(Tag.SEQUENCE, sequence);
    return new DistinguishedName(writer.toByteArray(), new ArrayList<>(attributes));
  }

  /** All attributes in encoded order, flattened over multi-valued RDNs. */
  public List<AttributeTypeAndValue> attributes() {
    return attributes;
  }

  /** The values of one attribute type in encoded order; values without text are left out. */
  public List<String> values(Oid type) {
    List<String> values = new ArrayList<>();
    for (AttributeTypeAndValue attribute : attributes) {
      String value = attribute.value();
      if (value != null && attribute.type().equals(type)) {
        values.add(value);
      }
    }
    return values;
  }

  /** The DER, a copy. */
  public byte[] encoded() {
    return encoded.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DistinguishedName that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** By the bytes. Hash codes can be made equal on purpose; with an order, tables stay fast. */
  @Override
  public int compareTo(DistinguishedName other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  /**
   * For people, in encoded order: {@code O=devs, CN=jane}. Characters that could be taken for
   * syntax or that a terminal would act on are escaped; not meant to be parsed.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (AttributeTypeAndValue attribute : attributes) {
      if (text.length() > 0) {
        text.append(", ");
      }
      text.append(label(attribute.type())).append('=');
      String value = attribute.value();
      if (value == null) {
        text.append("(not text)");
      } else {
        SafeText.append(text, value, ",=+\\\"");
      }
    }
    return text.toString();
  }

  private static String label(Oid type) {
    if (type.equals(Oids.COMMON_NAME)) {
      return "CN";
    } else if (type.equals(Oids.ORGANIZATION)) {
      return "O";
    } else if (type.equals(Oids.ORGANIZATIONAL_UNIT)) {
      return "OU";
    } else if (type.equals(Oids.COUNTRY)) {
      return "C";
    } else if (type.equals(Oids.LOCALITY)) {
      return "L";
    } else if (type.equals(Oids.STATE)) {
      return "ST";
    } else if (type.equals(Oids.KUBERNETES_UID)) {
      return "UID";
    }
    return type.toString();
  }
}
