package dev.certwright.x509.testing;

import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Names as nobody should write them: any string type, any bytes, several attributes in one RDN. */
public final class NameBytes {
  private final List<byte[]> sets = new ArrayList<>();

  private NameBytes() {}

  /** A name without attributes. */
  public static NameBytes empty() {
    return new NameBytes();
  }

  /** One RDN with one attribute, as UTF8String. */
  public NameBytes with(Oid type, String value) {
    return with(type, Tag.UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  /** One RDN with one attribute of any type. */
  public NameBytes with(Oid type, int tag, byte[] value) {
    return withSet(attribute(type, tag, value));
  }

  /** One RDN with these attributes in this order, sorted or not. */
  public NameBytes withSet(byte[]... attributes) {
    sets.add(constructed(Tag.SET, attributes));
    return this;
  }

  /** An attribute for {@link #withSet}. */
  public static byte[] attribute(Oid type, int tag, byte[] value) {
    return constructed(
        Tag.SEQUENCE,
        new DerWriter().oid(type).toByteArray(),
        new DerWriter().element(tag, value).toByteArray());
  }

  /** A constructed element of elements. */
  public static byte[] constructed(int tag, byte[]... elements) {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    for (int i = elements.length - 1; i >= 0; i--) {
      writer.raw(elements[i]);
    }
    return writer.wrap(tag, mark).toByteArray();
  }

  /** The DER of the name. */
  public byte[] encoded() {
    return constructed(Tag.SEQUENCE, sets.toArray(new byte[0][]));
  }
}
