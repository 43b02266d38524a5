package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of a certificate or the ones a request asks for, in encoded order. The typed
 * accessors decode on demand and throw {@link DerException} if the value is malformed.
 *
 * @param list all of them; no type occurs twice (RFC 5280 4.2)
 */
public record Extensions(List<Extension> list) {

  /** None at all. */
  public static final Extensions NONE = new Extensions(List.of());

  public Extensions {
    list = List.copyOf(list);
  }

  /**
   * Reads {@code SEQUENCE OF Extension}.
   *
   * @throws DerException if it is malformed or a type occurs twice (rule GV-25)
   */
  static Extensions read(DerReader reader) {
    Collector collector = new Collector();
    collector.read(reader);
    return collector.extensions();
  }

  /** Gathers the extensions of several sequences. */
  static final class Collector {
    private final List<Extension> list = new ArrayList<>();
    // A tree, because many thousand that are chosen to be hard to tell apart must cost no more.
    private final Set<Oid> seen = new TreeSet<>();

    void read(DerReader reader) {
      DerReader sequence = reader.read(Tag.SEQUENCE);
      while (!sequence.isEmpty()) {
        DerReader element = sequence.read(Tag.SEQUENCE);
        Oid oid = element.readOid();
        boolean critical = element.nextIs(Tag.BOOLEAN) && element.readBoolean();
        byte[] value = element.readOctetString();
        if (!seen.add(oid)) {
          throw new DerException("the extension " + oid + " occurs twice");
        }
        list.add(new Extension(oid, critical, value));
      }
    }

    Extensions extensions() {
      return list.isEmpty() ? NONE : new Extensions(list);
    }
  }

  /** The extension of a type, or null. */
  public @Nullable Extension find(Oid oid) {
    for (Extension extension : list) {
      if (extension.oid().equals(oid)) {
        return extension;
      }
    }
    return null;
  }

  /** Decoded basicConstraints, or null if absent. */
  public @Nullable BasicConstraints basicConstraints() {
    Extension extension = find(Oids.BASIC_CONSTRAINTS);
    return extension == null ? null : BasicConstraints.of(extension.value());
  }

  /** Decoded keyUsage, or null if absent. */
  public @Nullable Set<KeyUsage> keyUsage() {
    Extension extension = find(Oids.KEY_USAGE);
    return extension == null ? null : KeyUsage.of(extension.value());
  }

  /** Decoded extKeyUsage, or null if absent. */
  public @Nullable List<Oid> extendedKeyUsage() {
    Extension extension = find(Oids.EXTENDED_KEY_USAGE);
    if (extension == null) {
      return null;
    }
    List<Oid> purposes = new ArrayList<>();
    DerReader sequence = DerReader.of(extension.value()).read(Tag.SEQUENCE);
    while (!sequence.isEmpty()) {
      purposes.add(sequence.readOid());
    }
    return purposes;
  }

  /** The subject key identifier, or null if absent. */
  public byte @Nullable [] subjectKeyIdentifier() {
    Extension extension = find(Oids.SUBJECT_KEY_IDENTIFIER);
    return extension == null ? null : DerReader.of(extension.value()).readOctetString();
  }

  /** The keyIdentifier of the authority key identifier, or null if absent. */
  public byte @Nullable [] authorityKeyIdentifier() {
    Extension extension = find(Oids.AUTHORITY_KEY_IDENTIFIER);
    if (extension == null) {
      return null;
    }
    DerReader sequence = DerReader.of(extension.value()).read(Tag.SEQUENCE);
    return sequence.nextIs(Tag.primitive(0)) ? sequence.readAny().remaining() : null;
  }
}
