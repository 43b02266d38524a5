package dev.certwright.kubeconfig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a user proves who they are: what upstream calls AuthInfo and the file a user. Texts are empty
 * when they are not set.
 *
 * @param clientCertificate file of the certificate and its chain (KC-20)
 * @param clientCertificateData the same in PEM; beats the file (KC-10)
 * @param clientKey file of the private key
 * @param clientKeyData the same in PEM; beats the file (KC-10)
 * @param token bearer token
 * @param tokenFile file of the bearer token; beats the literal at request time (KC-13)
 * @param impersonate user to act as (KC-18)
 * @param impersonateUid uid to act as
 * @param impersonateGroups groups to act as
 * @param impersonateUserExtra extra fields to act with; null where null was written
 * @param username for basic authentication
 * @param password for basic authentication
 * @param authProvider settings of a built-in provider, null if there are none
 * @param exec credential plugin, null if there is none
 * @param extensions data of other programs
 * @param origin where it was read, null if it was made
 */
public record AuthInfo(
    String clientCertificate,
    EmbeddedData clientCertificateData,
    String clientKey,
    EmbeddedData clientKeyData,
    String token,
    String tokenFile,
    String impersonate,
    String impersonateUid,
    List<String> impersonateGroups,
    Map<String, @Nullable List<String>> impersonateUserExtra,
    String username,
    String password,
    @Nullable AuthProvider authProvider,
    @Nullable ExecConfig exec,
    Extensions extensions,
    @Nullable Origin origin) {

  /** Nothing set. */
  public static final AuthInfo EMPTY =
      new AuthInfo(
          "",
          EmbeddedData.NONE,
          "",
          EmbeddedData.NONE,
          "",
          "",
          "",
          "",
          List.of(),
          Map.of(),
          "",
          "",
          null,
          null,
          Extensions.NONE,
          null);

  /** Copies the collections. */
  public AuthInfo {
    impersonateGroups = List.copyOf(impersonateGroups);
    impersonateUserExtra = Collections.unmodifiableMap(new LinkedHashMap<>(impersonateUserExtra));
  }

  /** The same with other file references, in the order certificate, key, token. */
  AuthInfo withFiles(
      String certificate, String key, String tokens, @Nullable ExecConfig otherExec) {
    return new AuthInfo(
        certificate,
        clientCertificateData,
        key,
        clientKeyData,
        token,
        tokens,
        impersonate,
        impersonateUid,
        impersonateGroups,
        impersonateUserExtra,
        username,
        password,
        authProvider,
        otherExec,
        extensions,
        origin);
  }

  /** Says which methods there are, never what they hold. */
  @Override
  public String toString() {
    return "AuthInfo[clientCertificate="
        + clientCertificate
        + ", clientCertificateData="
        + clientCertificateData
        + ", clientKey="
        + clientKey
        + ", clientKeyData="
        + clientKeyData
        + ", token="
        + (token.isEmpty() ? "none" : "set")
        + ", tokenFile="
        + tokenFile
        + ", username="
        + username
        + ", password="
        + (password.isEmpty() ? "none" : "set")
        + ", origin="
        + origin
        + "]";
  }
}
