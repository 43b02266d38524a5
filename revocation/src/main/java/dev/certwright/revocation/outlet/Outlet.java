package dev.certwright.revocation.outlet;

import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.SourceLedger;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somewhere a denylist is published to, so that certificates on it are refused. */
public sealed interface Outlet
    permits AuthorizationFileOutlet, AdmissionPolicyOutlet, RevocationListOutlet {

  /** What the user calls it. */
  String name();

  /** Its kind in a few words. */
  String kind();

  /** The file it is written to. */
  Path path();

  /** Where it goes from there. */
  List<Recipient> recipients();

  /** Names of recipients of which nobody is asked whether it is in force there. */
  List<String> unasked();

  /**
   * How many certificates and people are refused by it.
   *
   * @param content what its file holds, or is to hold
   */
  default int size(Standing standing, byte[] content) {
    return standing.denylist().size();
  }

  /** What goes on being possible with a certificate that it refuses, in sentences. */
  List<String> leavesOpen();

  /**
   * What it is to hold.
   *
   * @param before what its file holds; null if there is none
   * @throws dev.certwright.revocation.RevocationException if there is no such content; nothing must
   *     be written then
   */
  byte[] content(Standing standing, byte @Nullable [] before);

  /** Whether its file, as it is, does what the ledger says; a new one need not be equal to it. */
  boolean isUpToDate(Standing standing, byte[] before);

  /** Which ledger the content of its file is from, and up to which entry, as it says itself. */
  SourceLedger source(byte[] content);

  /** The file. */
  default PublishedFile file() {
    return new PublishedFile(path());
  }
}
