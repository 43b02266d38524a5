package dev.certwright.cli.command;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.file.ClientFolders;
import dev.certwright.cli.output.Times;
import dev.certwright.cli.people.LineException;
import dev.certwright.cli.people.Person;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** The steps for one person of a list; called by several threads at once. */
final class BulkWorker {
  private final Cryptography cryptography;
  private final CertificateAuthority authority;
  private final Issuer issuer;
  private final TargetCluster cluster;
  private final ClientFolders folders;
  private final IssueSettings settings;
  private final Records records;
  private final ExistingClients existing;
  private final boolean embed;
  private final boolean replace;
  private final boolean described;
  private final Instant now;

  BulkWorker(
      Cryptography cryptography,
      CertificateAuthority authority,
      Issuer issuer,
      TargetCluster cluster,
      ClientFolders folders,
      IssueSettings settings,
      Records records,
      ExistingClients existing,
      boolean embed,
      boolean replace,
      boolean described,
      Instant now) {
    this.cryptography = cryptography;
    this.authority = authority;
    this.issuer = issuer;
    this.cluster = cluster;
    this.folders = folders;
    this.settings = settings;
    this.records = records;
    this.existing = existing;
    this.embed = embed;
    this.replace = replace;
    this.described = described;
    this.now = now;
  }

  /** Makes the files where nobody looks yet, but for what holds the certificate. */
  BulkOutcome stage(Person person) {
    try {
      IssuancePlan plan = issuer.plan(BulkIssue.request(person, settings), now);
      if (!replace && folders.existsAtTarget(person.user())) {
        return existing.look(person, plan, folders.folderOf(person.user()));
      }
      String follows = replace ? Records.renewed(folders.folderOf(person.user())) : "";
      SigningKey key = cryptography.generate(BulkIssue.keyType(person, settings));
      CertificateRequest request = CertificateRequest.create(plan.subject(), key);
      Certificate certificate = issuer.sign(plan, key.publicKey());
      Map<String, byte[]> bundle =
          ClientBundle.of(
              person.user(), key, null, request, certificate, authority, cluster, embed);
      Path staged = folders.stage(bundle, ClientBundle.WITHHELD, false);
      return BulkOutcome.staged(
          person,
          described ? plan : null,
          described ? certificate : null,
          staged,
          ClientBundle.withheld(bundle),
          records.issued(certificate, follows));
    } catch (AuthorityException | X509Exception | LineException failed) {
      return BulkOutcome.failed(person, failed.getMessage());
    }
  }

  /** Writes the rest, once it is recorded. */
  BulkOutcome complete(BulkOutcome outcome) {
    Path staged = outcome.staged();
    if (staged == null) {
      return outcome;
    }
    try {
      folders.complete(staged, outcome.withheld(), false);
      return outcome.completed();
    } catch (AuthorityException failed) {
      return BulkOutcome.failed(outcome.person(), failed.getMessage());
    }
  }

  /** Puts them in their place. */
  BulkOutcome publish(BulkOutcome outcome) {
    Path staged = outcome.staged();
    if (staged == null) {
      return outcome;
    }
    Person person = outcome.person();
    try {
      folders.publish(staged, person.user(), replace, false, Times.compact(now));
      return outcome;
    } catch (AuthorityException failed) {
      return BulkOutcome.failed(person, failed.getMessage());
    }
  }
}
