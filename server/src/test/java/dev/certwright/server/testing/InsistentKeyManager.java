package dev.certwright.server.testing;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Presents its one certificate also to a server that does not name its CA. */
final class InsistentKeyManager extends X509ExtendedKeyManager {
  private final String alias;
  private final X509ExtendedKeyManager keys;
  private final X509Certificate[] further;

  InsistentKeyManager(X509ExtendedKeyManager keys, X509Certificate[] further) {
    this.further = further;
    this.keys = keys;
    this.alias = keys.getClientAliases("EC", null)[0];
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {alias};
  }

  @Override
  public String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias;
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String name) {
    X509Certificate[] own = keys.getCertificateChain(name);
    X509Certificate[] all = Arrays.copyOf(own, own.length + further.length);
    System.arraycopy(further, 0, all, own.length, further.length);
    return all;
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return keys.getPrivateKey(name);
  }
}
