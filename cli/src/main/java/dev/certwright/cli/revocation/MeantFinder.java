package dev.certwright.cli.revocation;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.CertificateFinder;
import dev.certwright.cli.account.CertificateReference;
import dev.certwright.cli.account.CertificateSearch;
import dev.certwright.cli.account.FoundCertificate;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import dev.certwright.x509.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds who is meant: a file, a credential id, a serial number, or a user with all their
 * certificates. What could mean two things is refused: taking back cannot be undone.
 */
public final class MeantFinder {
  private static final int MOST = 100_000;

  private final Account account;
  private final Instant now;
  private final Map<Target, Meant> found = new LinkedHashMap<>();

  /** In an account, as it stands at a time. */
  public MeantFinder(Account account, Instant now) {
    this.account = account;
    this.now = now;
  }

  /** All that was found so far, in order, each once. */
  public List<Meant> found() {
    return List.copyOf(found.values());
  }

  /** A person, by name or uid, whether the ledger knows a certificate of theirs or not. */
  public void person(Target.Kind kind, String value) {
    Target target = new Target(kind, value);
    String user = kind == Target.Kind.USER ? value : "";
    found.put(target, new Meant(target, user, groups(kind, value), null, null, List.of()));
  }

  /** What the ledger knows of a person's certificates that are still good. */
  private List<String> groups(Target.Kind kind, String person) {
    Set<String> groups = new LinkedHashSet<>();
    List<CertificateStatus> certificates =
        kind == Target.Kind.USER ? ofUser(person) : inGroup(Meant.MASTERS);
    for (CertificateStatus one : certificates) {
      if (one.state() != State.EXPIRED && (kind == Target.Kind.USER || one.uid().equals(person))) {
        groups.addAll(one.groups());
      }
    }
    return List.copyOf(groups);
  }

  /**
   * What a text names.
   *
   * @throws CommandException if it is nothing, or may be two things
   */
  public void named(String what) {
    Path file = Path.of(what);
    if (Files.isRegularFile(file)) {
      if (!ofUser(what).isEmpty()) {
        throw ambiguous(what, "a file and a user");
      }
      inFile(what, file);
      return;
    }
    CertificateReference reference = CertificateReference.of(what);
    if (reference.isWhole()) {
      credential(Objects.requireNonNull(reference.credentialId()));
    } else {
      byText(what, ofUser(what));
    }
  }

  private List<CertificateStatus> ofUser(String user) {
    return certificates(user, null);
  }

  private List<CertificateStatus> inGroup(String group) {
    return certificates(null, group);
  }

  private List<CertificateStatus> certificates(@Nullable String user, @Nullable String group) {
    return account.certificates(
        new CertificateFilter(
            user,
            group,
            null,
            null,
            null,
            Set.of(),
            null,
            null,
            CertificateFilter.Order.RECORDED,
            false,
            MOST),
        now);
  }

  private void byText(String what, List<CertificateStatus> ofUser) {
    List<CertificateStatus> others = new ArrayList<>();
    for (CertificateStatus one : new CertificateSearch(account, now).byText(what)) {
      if (!one.user().equals(what)) {
        others.add(one);
      }
    }
    if (!ofUser.isEmpty() && !others.isEmpty()) {
      throw ambiguous(what, "a user and a certificate");
    }
    if (others.size() > 1) {
      throw ambiguous(what, others.size() + " certificates");
    }
    for (CertificateStatus one : others) {
      add(one);
    }
    for (CertificateStatus one : ofUser) {
      if (one.state() != State.EXPIRED) {
        add(one);
      }
    }
    if (others.isEmpty() && ofUser.isEmpty()) {
      throw unknown(what);
    }
  }

  private static CommandException unknown(String what) {
    Path file = Path.of(what);
    String found = "";
    if (what.equals("-")) {
      found = ", and standard input is not read";
    } else if (Files.isDirectory(file) && !what.isEmpty()) {
      found = ", and it is a folder";
    } else if (Files.isSymbolicLink(file)) {
      found = ", and it is a link that leads nowhere";
    }
    return new CommandException(
        ExitCode.NO,
        "the ledger knows nothing of \""
            + SafeText.of(what)
            + "\""
            + found
            + "; nothing was recorded",
        found.isEmpty()
            ? "a credential id (X509SHA256=...) or a certificate or kubeconfig file can be given"
                + " without it; a person with --user"
            : "name a certificate or kubeconfig file, such as client.crt or kubeconfig");
  }

  private void add(CertificateStatus status) {
    Target target = new Target(Target.Kind.CREDENTIAL, status.credentialId());
    found.put(
        target,
        new Meant(
            target, status.user(), status.groups(), status.notAfter(), status.state(), List.of()));
  }

  private void credential(String id) {
    List<CertificateStatus> known = account.certificates(CertificateFilter.ofCredential(id), now);
    if (known.isEmpty()) {
      Target target = new Target(Target.Kind.CREDENTIAL, id);
      found.put(target, new Meant(target, "", List.of(), null, null, List.of()));
    } else {
      add(known.get(0));
    }
  }

  private void inFile(String name, Path file) {
    List<FoundCertificate> certificates =
        CertificateFinder.in(name, BoundedFile.read(file, BoundedFile.DEFAULT_LIMIT), file);
    if (certificates.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          SafeText.of(name) + " holds no client certificate; nothing was recorded",
          "give the certificate or the kubeconfig, such as client.crt beside client.key and client.csr;"
              + " the certificate of a CA cannot be taken back: remove it from --client-ca-file");
    }
    for (FoundCertificate one : certificates) {
      CertificateFacts facts = CertificateFacts.of(one.certificate());
      List<CertificateStatus> known =
          account.certificates(CertificateFilter.ofCredential(facts.credentialId()), now);
      if (!known.isEmpty() && known.get(0).notAfter() != null) {
        add(known.get(0));
      } else {
        Target target = new Target(Target.Kind.CREDENTIAL, facts.credentialId());
        found.put(
            target,
            new Meant(
                target,
                facts.user(),
                facts.groups(),
                facts.notAfter(),
                null,
                List.of(new Imported(facts, one.cluster(), one.server(), one.source()))));
      }
    }
  }

  private static CommandException ambiguous(String what, String between) {
    return new CommandException(
        ExitCode.USAGE,
        "\"" + SafeText.of(what) + "\" may mean " + between + "; nothing was recorded",
        "give the credential id, which certwright show "
            + SafeText.of(what)
            + " tells, or --user"
            + " for a person");
  }
}
