package dev.certwright.cli.revocation;

import dev.certwright.revocation.OutletAccessException;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.PublishedDenylist;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Publication;
import java.nio.file.Path;

/**
 * A list that was published elsewhere and carried here, such as by a mounted Secret.
 *
 * @param file an authorization file that {@code certwright revocations publish} wrote
 * @param replacingAny whether it may take the place of a list of another ledger, or a later one
 */
public record PublishedSource(Path file, boolean replacingAny) implements ListSource {

  private byte[] bytes() {
    byte[] bytes = new PublishedFile(file).read();
    if (bytes == null) {
      throw new OutletAccessException(
          file + " does not exist", "it appears when something was published to it", null);
    }
    return bytes;
  }

  // Its content: a mounted Secret changes by a link to another folder.
  @Override
  public Object version() {
    return AuthorizationConfiguration.hash(bytes());
  }

  @Override
  public Wanted read() {
    byte[] bytes = bytes();
    PublishedDenylist list = PublishedDenylist.read(file.toString(), bytes);
    return new Said(
        replacingAny ? list.replacingAny() : list, AuthorizationConfiguration.hash(bytes));
  }

  private record Said(PublishedDenylist list, String hash) implements Wanted {

    @Override
    public Publication plan(Outlet outlet) {
      return Publication.plan((AuthorizationFileOutlet) outlet, list);
    }

    @Override
    public int size() {
      return list.size();
    }

    @Override
    public Object fingerprint() {
      return hash;
    }
  }
}
