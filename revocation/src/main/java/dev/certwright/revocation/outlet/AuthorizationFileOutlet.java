package dev.certwright.revocation.outlet;

import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.PublishedDenylist;
import dev.certwright.revocation.authorization.SourceLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that kube-apiserver reads with {@code --authorization-config}. Every request of a
 * certificate in it is refused, within a second of the change.
 *
 * @param path where it is written: where the API server reads it, or a folder from which something
 *     else carries it there
 * @param kubeConfigFile absolute path of the never-called kubeconfig, as the API server sees it
 * @param base the cluster's own configuration; null if that is in {@code path} too
 * @param recipients further nodes
 * @param apiServers who can be asked what they have loaded
 */
public record AuthorizationFileOutlet(
    String name,
    Path path,
    String kubeConfigFile,
    @Nullable Path base,
    List<Recipient> recipients,
    List<ApiServer> apiServers)
    implements Outlet {

  public AuthorizationFileOutlet {
    recipients = List.copyOf(recipients);
    apiServers = List.copyOf(apiServers);
  }

  /** Those that no API server is named as. */
  @Override
  public List<String> unasked() {
    List<String> unasked = new ArrayList<>();
    for (Recipient recipient : recipients) {
      unasked.add(recipient.name());
    }
    for (ApiServer server : apiServers) {
      unasked.remove(server.name());
    }
    return unasked;
  }

  @Override
  public String kind() {
    return "authorization file";
  }

  @Override
  public List<String> leavesOpen() {
    return List.of(
        "members of system:masters: no authorizer is asked about them",
        "watches, exec and port-forward that are open now: until the API server ends them, watches"
            + " within an hour");
  }

  @Override
  public byte[] content(Standing standing, byte @Nullable [] before) {
    return own(before, standing.origin())
        .withDenylist(standing.denylist(), kubeConfigFile, standing.origin())
        .encoded();
  }

  /**
   * What it is to hold by a list that was published elsewhere.
   *
   * @param before what its file holds; null if there is none
   * @throws dev.certwright.revocation.RevocationException if there is no such content
   */
  public byte[] content(PublishedDenylist published, byte @Nullable [] before) {
    return own(before, published.origin()).withDenylist(published, kubeConfigFile).encoded();
  }

  private AuthorizationConfiguration own(byte @Nullable [] before, Origin origin) {
    Path source = base == null ? path : base;
    byte[] own = base == null ? before : new PublishedFile(base).read();
    if (own == null) {
      throw new UnacceptableConfigurationException(
          source.toString(),
          List.of("it does not exist, and the cluster's own authorizers must come from it"),
          Files.exists(file().previous())
              ? "put the one before in its place, "
                  + file().previous()
                  + ", and publish again; or prepare the node with certwright revocations setup"
              : "prepare the cluster with certwright revocations setup");
    }
    if (base != null && before != null) {
      origin.require(path.toString(), AuthorizationConfiguration.read(file(), before).ledger());
    }
    return base == null
        ? AuthorizationConfiguration.read(file(), own)
        : AuthorizationConfiguration.read(source.toString(), own);
  }

  @Override
  public SourceLedger source(byte[] content) {
    return AuthorizationConfiguration.ledgerIn(new String(content, StandardCharsets.UTF_8));
  }

  @Override
  public boolean isUpToDate(Standing standing, byte[] before) {
    return Arrays.equals(content(standing, before), before);
  }
}
