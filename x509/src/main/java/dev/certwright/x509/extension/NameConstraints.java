package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import java.util.ArrayList;
import java.util.List;

/**
 * Which names certificates below a CA may hold (RFC 5280 4.2.1.10), in the kinds kube-apiserver
 * compares.
 *
 * @param permitted if a kind has an entry here, names of that kind must match one
 * @param excluded no name may match one of these
 * @param hasUnknownKinds whether there are subtrees of other kinds, which only count if the
 *     extension is critical (rule GV-18)
 */
public record NameConstraints(Subtrees permitted, Subtrees excluded, boolean hasUnknownKinds) {

  /**
   * Subtrees by kind, in encoded order.
   *
   * @param domains for dNSNames; with a leading dot subdomains only
   * @param mailboxes for rfc822Names: a mailbox if there is an {@code @}, else a domain
   * @param uriDomains for the hosts of URIs
   * @param ranges for IP addresses
   */
  public record Subtrees(
      List<String> domains, List<String> mailboxes, List<String> uriDomains, List<IpRange> ranges) {
    public Subtrees {
      domains = List.copyOf(domains);
      mailboxes = List.copyOf(mailboxes);
      uriDomains = List.copyOf(uriDomains);
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * Reads the value of the extension.
   *
   * @throws DerException if upstream refuses it
   */
  static NameConstraints read(byte[] value) {
    DerReader outer = DerReader.of(value);
    DerReader both = outer.read(Tag.SEQUENCE);
    outer.requireEnd("name constraints");
    DerReader permitted = DerReader.of(new byte[0]);
    DerReader excluded = permitted;
    if (both.nextIs(Tag.constructed(0))) {
      permitted = both.read(Tag.constructed(0));
    }
    if (both.nextIs(Tag.constructed(1))) {
      excluded = both.read(Tag.constructed(1));
    }
    both.requireEnd("name constraints");
    if (permitted.isEmpty() && excluded.isEmpty()) {
      throw new DerException("name constraints that constrain nothing");
    }
    SubtreeReader first = new SubtreeReader();
    SubtreeReader second = new SubtreeReader();
    first.readAll(permitted);
    second.readAll(excluded);
    return new NameConstraints(
        first.subtrees(), second.subtrees(), first.unknownKinds || second.unknownKinds);
  }

  private static final class SubtreeReader {
    private final List<String> domains = new ArrayList<>();
    private final List<String> mailboxes = new ArrayList<>();
    private final List<String> uriDomains = new ArrayList<>();
    private final List<IpRange> ranges = new ArrayList<>();
    private boolean unknownKinds;

    void readAll(DerReader subtrees) {
      while (!subtrees.isEmpty()) {
        DerReader subtree = subtrees.read(Tag.SEQUENCE);
        int kind = subtree.peekTag();
        byte[] base = subtree.readAny().remaining();
        if (kind == GeneralNames.DNS_NAME) {
          domains.add(domain(GeneralNames.ascii(base)));
        } else if (kind == GeneralNames.RFC822_NAME) {
          mailboxes.add(mailbox(GeneralNames.ascii(base)));
        } else if (kind == GeneralNames.URI) {
          uriDomains.add(uriDomain(GeneralNames.ascii(base)));
        } else if (kind == GeneralNames.IP_ADDRESS) {
          ranges.add(IpRange.of(base));
        } else {
          unknownKinds = true;
        }
      }
    }

    private static String domain(String text) {
      if (!DomainNames.isValid(text, true)) {
        throw new DerException("a name constraint that is no domain");
      }
      return text;
    }

    private static String mailbox(String text) {
      if (text.indexOf('@') < 0) {
        return domain(text);
      } else if (Mailbox.parse(text) == null) {
        throw new DerException("a name constraint that is no mailbox");
      }
      return text;
    }

    private static String uriDomain(String text) {
      IpText.Kind kind = IpText.kindOf(text);
      if (kind == IpText.Kind.IPV4 || kind == IpText.Kind.IPV6) {
        throw new DerException("a name constraint for URIs that is an IP address");
      }
      return domain(text);
    }

    Subtrees subtrees() {
      return new Subtrees(domains, mailboxes, uriDomains, ranges);
    }
  }
}
