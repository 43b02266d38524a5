package dev.certwright.server;

import dev.certwright.authentication.RequestHeaders;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How clients may prove who they are besides by certificate, in kube-apiserver's terms.
 *
 * @param tokenFile {@code --token-auth-file}, null for none
 * @param passwordFile {@code --basic-auth-file} of kube-apiserver until 1.18, null for none
 * @param reread whether both are read again when they change, which kube-apiserver does not do
 * @param frontProxy whose headers are believed, null for nobody's
 * @param issuers whose tokens are believed, null for nobody's
 */
public record AuthenticationSettings(
    @Nullable Path tokenFile,
    @Nullable Path passwordFile,
    boolean reread,
    @Nullable FrontProxy frontProxy,
    @Nullable IssuerSettings issuers) {

  /** By certificate alone. */
  public static final AuthenticationSettings CERTIFICATES =
      new AuthenticationSettings(null, null, true, null, null);

  /**
   * A proxy that says in headers whom it speaks for.
   *
   * @param authorities {@code --requestheader-client-ca-file}
   * @param allowedNames {@code --requestheader-allowed-names}, empty for whomever the CA signed
   * @param headers {@code --requestheader-username-headers} and so on
   */
  public record FrontProxy(Path authorities, List<String> allowedNames, RequestHeaders headers) {

    /** Copies the list. */
    public FrontProxy {
      allowedNames = List.copyOf(allowedNames);
    }
  }
}
