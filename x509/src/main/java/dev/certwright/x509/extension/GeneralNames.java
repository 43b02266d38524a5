package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The subject alternative names that kube-apiserver knows (RFC 5280 4.2.1.6); names of other kinds
 * are left out.
 *
 * @param dnsNames ASCII, not checked further
 * @param mailboxes ASCII, not checked further
 * @param uris parsed
 * @param addresses 4 or 16 bytes each, not copied
 */
public record GeneralNames(
    List<String> dnsNames, List<String> mailboxes, List<UriName> uris, List<byte[]> addresses) {
  static final int RFC822_NAME = Tag.primitive(1);
  static final int DNS_NAME = Tag.primitive(2);
  static final int URI = Tag.primitive(6);
  static final int IP_ADDRESS = Tag.primitive(7);

  public GeneralNames {
    dnsNames = List.copyOf(dnsNames);
    mailboxes = List.copyOf(mailboxes);
    uris = List.copyOf(uris);
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads the value of the extension.
   *
   * @throws DerException if upstream refuses it
   */
  static GeneralNames read(byte[] value) {
    List<String> dnsNames = new ArrayList<>();
    List<String> mailboxes = new ArrayList<>();
    List<UriName> uris = new ArrayList<>();
    List<byte[]> addresses = new ArrayList<>();
    DerReader names = DerReader.of(value).read(Tag.SEQUENCE);
    while (!names.isEmpty()) {
      int kind = names.peekTag();
      byte[] name = names.readAny().remaining();
      if (kind == DNS_NAME) {
        dnsNames.add(ascii(name));
      } else if (kind == RFC822_NAME) {
        mailboxes.add(ascii(name));
      } else if (kind == URI) {
        uris.add(UriName.parse(ascii(name)));
      } else if (kind == IP_ADDRESS) {
        if (name.length != 4 && name.length != 16) {
          throw new DerException("an IP address of " + name.length + " bytes");
        }
        addresses.add(name);
      }
    }
    return new GeneralNames(dnsNames, mailboxes, uris, addresses);
  }

  /** The text of an IA5String. */
  static String ascii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        throw new DerException("a name of an IA5String type with a byte above 7F");
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Whether there is none of the known kinds. */
  public boolean isEmpty() {
    return dnsNames.isEmpty() && mailboxes.isEmpty() && uris.isEmpty() && addresses.isEmpty();
  }

  /** An address for people. */
  public static String addressText(byte[] address) {
    if (address.length == 4) {
      return (address[0] & 0xFF)
          + "."
          + (address[1] & 0xFF)
          + "."
          + (address[2] & 0xFF)
          + "."
          + (address[3] & 0xFF);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < address.length; i += 2) {
      text.append(i == 0 ? "" : ":")
          .append(Integer.toHexString((address[i] & 0xFF) << 8 | address[i + 1] & 0xFF));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>(dnsNames);
    all.addAll(mailboxes);
    for (UriName uri : uris) {
      all.add(uri.text());
    }
    for (byte[] address : addresses) {
      all.add(addressText(address));
    }
    return all.toString();
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    if (!(other instanceof GeneralNames that)
        || !dnsNames.equals(that.dnsNames)
        || !mailboxes.equals(that.mailboxes)
        || !uris.equals(that.uris)) {
      return false;
    }
    return Arrays.deepEquals(addresses.toArray(), that.addresses.toArray());
  }

  @Override
  public int hashCode() {
    return dnsNames.hashCode() * 31 + mailboxes.hashCode() * 17 + uris.hashCode();
  }
}
