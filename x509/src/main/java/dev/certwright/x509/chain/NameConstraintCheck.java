package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.extension.DomainNames;
import dev.certwright.x509.extension.GeneralNames;
import dev.certwright.x509.extension.Mailbox;
import dev.certwright.x509.extension.NameConstraints;
import dev.certwright.x509.extension.UriName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether every alternative name of every certificate is one that all CAs above it may certify
 * (rules GV-17, XS-40 to XS-43). A name that cannot be compared is refused as soon as any CA above
 * constrains names of whatever kind.
 */
final class NameConstraintCheck {
  private NameConstraintCheck() {}

  /**
   * A name that must not be there.
   *
   * @param bearer who bears it
   * @param authority the CA that must not certify it
   * @param text what is wrong with the name
   */
  record Violation(Certificate bearer, Certificate authority, String text) {}

  static @Nullable Violation violation(List<Certificate> chain) {
    List<Constraint> constraints = new ArrayList<>(0);
    for (int i = 1; i < chain.size(); i++) {
      NameConstraints own = chain.get(i).extensionValues().nameConstraints();
      if (own != null) {
        constraints.add(new Constraint(i, chain.get(i), own));
      }
    }
    if (constraints.isEmpty()) {
      return null;
    }
    for (int i = 0; i < chain.size(); i++) {
      GeneralNames names = chain.get(i).extensionValues().alternativeNames();
      Constraint nearest = constraints.get(0);
      if (names == null || nearest == null) {
        continue;
      }
      while (nearest.index <= i) {
        constraints.remove(0);
        if (constraints.isEmpty()) {
          return null;
        }
        nearest = constraints.get(0);
      }
      Violation violation = violation(chain.get(i), names, constraints);
      if (violation != null) {
        return violation;
      }
    }
    return null;
  }

  private static @Nullable Violation violation(
      Certificate bearer, GeneralNames names, List<Constraint> constraints) {
    Certificate nearest = constraints.get(0).authority;
    List<String> hosts = new ArrayList<>();
    for (UriName uri : names.uris()) {
      String host = uri.constrainedHost();
      if (host == null || !DomainNames.isValid(host, false)) {
        return new Violation(
            bearer, nearest, "the URI '" + uri.text() + "' has no host that can be compared");
      }
      hosts.add(host);
    }
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String text : names.mailboxes()) {
      Mailbox mailbox = Mailbox.parse(text);
      if (mailbox == null) {
        return new Violation(bearer, nearest, "'" + text + "' is no mailbox");
      }
      mailboxes.add(mailbox);
    }
    for (String domain : names.dnsNames()) {
      if (!DomainNames.isValid(domain, false)) {
        return new Violation(bearer, nearest, "'" + domain + "' is no domain name");
      }
    }
    for (Constraint constraint : constraints) {
      String refused = constraint.refusal(names, hosts, mailboxes);
      if (refused != null) {
        return new Violation(bearer, constraint.authority, refused);
      }
    }
    return null;
  }

  /** The constraints of one CA, made ready. */
  private static final class Constraint {
    private final int index;
    private final Certificate authority;
    private final Both<String, DomainSubtrees> domains;
    private final Both<String, DomainSubtrees> uriDomains;
    private final Both<Mailbox, MailboxSubtrees> mailboxes;
    private final Both<byte[], AddressSubtrees> addresses;

    Constraint(int index, Certificate authority, NameConstraints own) {
      this.index = index;
      this.authority = authority;
      NameConstraints.Subtrees permitted = own.permitted();
      NameConstraints.Subtrees excluded = own.excluded();
      this.domains =
          new Both<>(
              "the DNS name",
              permitted.domains().isEmpty() ? null : new DomainSubtrees(permitted.domains(), false),
              excluded.domains().isEmpty() ? null : new DomainSubtrees(excluded.domains(), true),
              DomainSubtrees::find);
      this.uriDomains =
          new Both<>(
              "the host of the URI",
              permitted.uriDomains().isEmpty()
                  ? null
                  : new DomainSubtrees(permitted.uriDomains(), false),
              excluded.uriDomains().isEmpty()
                  ? null
                  : new DomainSubtrees(excluded.uriDomains(), true),
              DomainSubtrees::find);
      this.mailboxes =
          new Both<>(
              "the mailbox",
              permitted.mailboxes().isEmpty()
                  ? null
                  : new MailboxSubtrees(permitted.mailboxes(), false),
              excluded.mailboxes().isEmpty()
                  ? null
                  : new MailboxSubtrees(excluded.mailboxes(), true),
              MailboxSubtrees::find);
      this.addresses =
          new Both<>(
              "the IP address",
              permitted.ranges().isEmpty() ? null : new AddressSubtrees(permitted.ranges()),
              excluded.ranges().isEmpty() ? null : new AddressSubtrees(excluded.ranges()),
              AddressSubtrees::find);
    }

    @Nullable String refusal(
        GeneralNames names, List<String> hosts, List<Mailbox> parsedMailboxes) {
      for (byte[] address : names.addresses()) {
        String refused = addresses.refusal(address, GeneralNames.addressText(address));
        if (refused != null) {
          return refused;
        }
      }
      for (String domain : names.dnsNames()) {
        String refused = domains.refusal(domain, domain);
        if (refused != null) {
          return refused;
        }
      }
      for (String host : hosts) {
        String refused = uriDomains.refusal(host, host);
        if (refused != null) {
          return refused;
        }
      }
      for (Mailbox mailbox : parsedMailboxes) {
        String refused = mailboxes.refusal(mailbox, mailbox.toString());
        if (refused != null) {
          return refused;
        }
      }
      return null;
    }
  }

  /** Looks a name up among subtrees. */
  private interface Lookup<N, S> {
    @Nullable String find(S subtrees, N name);
  }

  /** Permitted and excluded subtrees of one kind; null if a CA says nothing about it. */
  private record Both<N, S>(
      String kind, @Nullable S permitted, @Nullable S excluded, Lookup<N, S> lookup) {

    @Nullable String refusal(N name, String text) {
      if (permitted != null && lookup.find(permitted, name) == null) {
        return kind + " '" + text + "' lies in none of the permitted subtrees";
      }
      String found = excluded == null ? null : lookup.find(excluded, name);
      return found == null ? null : kind + " '" + text + "' is excluded by '" + found + "'";
    }
  }
}
