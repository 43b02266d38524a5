package dev.certwright.x509.chain;

import dev.certwright.x509.extension.Mailbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mailboxes and mail domains that names may or must not lie in. */
final class MailboxSubtrees {
  private final Set<Mailbox> mailboxes = new HashSet<>();
  private final @Nullable DomainSubtrees domains;

  MailboxSubtrees(List<String> list, boolean excluded) {
    List<String> domainList = new ArrayList<>();
    for (String constraint : list) {
      Mailbox mailbox = constraint.indexOf('@') < 0 ? null : Mailbox.parse(constraint);
      if (mailbox == null) {
        domainList.add(constraint);
      } else {
        mailboxes.add(mailbox);
      }
    }
    this.domains = domainList.isEmpty() ? null : new DomainSubtrees(domainList, excluded);
  }

  @Nullable String find(Mailbox name) {
    if (mailboxes.contains(name)) {
      return name.toString();
    }
    return domains == null ? null : domains.find(name.domain());
  }
}
