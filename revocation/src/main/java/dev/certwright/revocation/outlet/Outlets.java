package dev.certwright.revocation.outlet;

import java.util.ArrayList;
import java.util.List;

/**
 * All that {@code outlets.yaml} lists.
 *
 * @param outlets what is published to
 * @param servers who follows the ledger without being told
 */
public record Outlets(List<Outlet> outlets, List<FollowingServer> servers) {
  /** None. */
  public static final Outlets NONE = new Outlets(List.of(), List.of());

  public Outlets {
    outlets = List.copyOf(outlets);
    servers = List.copyOf(servers);
  }

  /** Whether nothing is refused anywhere. */
  public boolean isEmpty() {
    return outlets.isEmpty() && servers.isEmpty();
  }

  /** All names, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Outlet outlet : outlets) {
      names.add(outlet.name());
    }
    for (FollowingServer server : servers) {
      names.add(server.name());
    }
    return names;
  }

  /** The same, and no API server is asked what it has loaded. */
  public Outlets withoutApiServers() {
    List<Outlet> silent = new ArrayList<>();
    for (Outlet outlet : outlets) {
      silent.add(
          outlet instanceof AuthorizationFileOutlet file
              ? new AuthorizationFileOutlet(
                  file.name(),
                  file.path(),
                  file.kubeConfigFile(),
                  file.base(),
                  file.recipients(),
                  List.of())
              : outlet);
    }
    return new Outlets(silent, List.of());
  }

  /** Those of these names. */
  public Outlets named(List<String> names) {
    List<Outlet> some = new ArrayList<>(outlets);
    some.removeIf(outlet -> !names.contains(outlet.name()));
    List<FollowingServer> others = new ArrayList<>(servers);
    others.removeIf(server -> !names.contains(server.name()));
    return new Outlets(some, others);
  }
}
