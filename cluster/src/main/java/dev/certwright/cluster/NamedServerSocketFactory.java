package dev.certwright.cluster;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks for one name and expects it in the server's certificate, whatever host is connected to:
 * {@code tls-server-name} (rule KC-15).
 */
final class NamedServerSocketFactory extends LaidOverSocketFactory {
  private final String name;

  NamedServerSocketFactory(SSLSocketFactory factory, String name) {
    super(factory);
    this.name = name;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return lay(socket, name, port, autoClose);
  }
}
