package dev.certwright.cluster;

import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Servers as a text of a kubeconfig names them. */
final class Contexts {
  private Contexts() {}

  static ApiServer server(String kubeconfig) {
    EffectiveContext context =
        EffectiveContext.of(
            KubeconfigReader.read("test", kubeconfig.getBytes(StandardCharsets.UTF_8)), null);
    return ApiServer.of(context, Map.of());
  }

  /** The server with its own CA and a token. */
  static ApiServer server(TlsServer server) {
    return server(
        server.kubeconfig("certificate-authority-data: " + server.authorityData(), "token: t0ken"));
  }
}
