package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Issues with the real program, for an API server that trusts the CA. */
final class Clients {
  private final ApiServer server;
  private final Path folder = Places.newFolder("end-to-end");

  Clients(ApiServer server) {
    this.server = server;
  }

  /** Where it works; clients are in {@code clients}. */
  Path folder() {
    return folder;
  }

  /** {@code certwright issue} with more words; gives the client's folder. */
  Path issue(String user, String... words) {
    List<String> all = new ArrayList<>(List.of("issue", user));
    all.addAll(List.of(words));
    all.addAll(common());
    all.addAll(List.of("-o", "json"));
    String out = certwright().run(all.toArray(String[]::new)).expectSuccess();
    return folder.resolve(Json.text(Json.parse(out), "folder"));
  }

  /** What every call needs: the CA and the server. */
  List<String> common() {
    return List.of("--ca", server.pki().folder().toString(), "--server", server.url());
  }

  Program certwright() {
    return Certwright.in(folder);
  }

  /** kubectl with the kubeconfig in a client's folder. */
  Program kubectl(Path client) {
    return server.kubectlAs(client.resolve("kubeconfig"));
  }

  /** Whom the API server sees. */
  WhoAmI whoAmI(Path client) {
    return WhoAmI.of(kubectl(client));
  }
}
