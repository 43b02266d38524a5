package dev.certwright.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks for one name and expects it in the server's certificate, whatever host is connected to:
 * {@code tls-server-name} (rule KC-15).
 */
final class NamedServerSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private final String name;

  NamedServerSocketFactory(SSLSocketFactory factory, String name) {
    this.factory = factory;
    this.name = name;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return factory.createSocket(socket, name, port, autoClose);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  // The client lays TLS over a connected socket, always; connecting here would forget the name.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }
}
