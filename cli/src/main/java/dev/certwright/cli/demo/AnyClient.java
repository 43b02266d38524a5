package dev.certwright.cli.demo;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client certificate through TLS, as kube-apiserver does (rule X-01): whether it counts
 * is decided afterwards, and answered with 401 and not with an alert. Trusts no server.
 */
final class AnyClient extends X509ExtendedTrustManager {
  private final X509Certificate[] advertised;

  /** Advertises this CA to clients (rule X-02). */
  AnyClient(X509Certificate authority) {
    this.advertised = new X509Certificate[] {authority};
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    throw new UnsupportedOperationException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw new UnsupportedOperationException("this side is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw new UnsupportedOperationException("this side is the server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return advertised.clone();
  }
}
