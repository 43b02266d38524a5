package dev.certwright.cli.revocation;

import dev.certwright.authority.AuthorityException;
import dev.certwright.cli.ExitCode;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.RevocationListOutlet;
import dev.certwright.revocation.outlet.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one place of an outlet: its file, or an API server that reads it.
 *
 * @param outlet its name
 * @param place the file, or the API server
 * @param refused how many the ledger says must be refused
 * @param state a word
 * @param detail what more there is to say
 * @param exitCode what it means for the whole
 */
public record OutletState(
    String outlet, String place, int refused, String state, String detail, int exitCode) {

  /** Of all places of an outlet. */
  public static List<OutletState> of(Outlet outlet, Standing standing) {
    List<OutletState> states = new ArrayList<>();
    int refused = standing.denylist().size();
    String place = outlet.path().toString();
    byte[] content;
    try {
      content = outlet.file().read();
      if (content == null) {
        states.add(
            new OutletState(
                outlet.name(), place, refused, "missing", "nothing was published", ExitCode.NO));
        return states;
      }
      boolean current = outlet.isUpToDate(standing, content);
      String detail =
          outlet instanceof RevocationListOutlet
              ? "a revocation list is replaced by every publication; look at its nextUpdate"
              : "";
      states.add(
          current
              ? new OutletState(outlet.name(), place, refused, "current", detail, ExitCode.OK)
              : outlet instanceof RevocationListOutlet
                  ? new OutletState(outlet.name(), place, refused, "published", detail, ExitCode.OK)
                  : new OutletState(
                      outlet.name(),
                      place,
                      refused,
                      "outdated",
                      "it differs from what the ledger says; publish it",
                      ExitCode.NO));
    } catch (RevocationException | AuthorityException unreadable) {
      states.add(
          new OutletState(
              outlet.name(),
              place,
              refused,
              "unusable",
              unreadable.getMessage() + "",
              ExitCode.NO));
      return states;
    }
    if (outlet instanceof AuthorizationFileOutlet file) {
      for (ApiServer server : file.apiServers()) {
        InForce inForce = InForce.of(file, server, content, 0);
        states.add(
            new OutletState(
                outlet.name(),
                server.name(),
                refused,
                inForce.yes() ? "in force" : "not in force",
                inForce.detail(),
                inForce.yes()
                    ? ExitCode.OK
                    : inForce.detail().startsWith("cannot") ? ExitCode.OUTSIDE : ExitCode.NO));
      }
    }
    return states;
  }

  /** As a row: outlet, place, refused, state, detail. */
  public List<String> cells() {
    return List.of(outlet, place, Integer.toString(refused), state, detail);
  }

  /** For programs. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", outlet);
    document.put("place", place);
    document.put("refused", (long) refused);
    document.put("state", state);
    document.put("detail", detail);
    document.put("ok", exitCode == ExitCode.OK);
    return document;
  }
}
