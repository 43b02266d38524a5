package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kubeconfig that hands one credential over: one cluster, one user, one context, which is
 * current.
 *
 * <p>Written line by line, without a tree, because {@code issue} writes one in every cold process.
 * Every text goes through the quoting of {@link YamlWriter}, so that nothing in a name can become
 * structure.
 */
public final class CredentialKubeconfig {
  private final ServerUrl server;
  private final String clusterName;
  private final String userName;
  private final String contextName;
  private final byte[] clusterCa;
  private final @Nullable String clusterCaFile;
  private final @Nullable String tlsServerName;
  private final @Nullable String proxyUrl;
  private final @Nullable String namespace;
  private final byte[] certificate;
  private final byte[] key;
  private final @Nullable String certificateFile;
  private final @Nullable String keyFile;

  private CredentialKubeconfig(Builder builder) {
    server = required(builder.server, "server");
    clusterName = name(builder.clusterName, "cluster");
    userName = name(builder.userName, "user");
    contextName = name(builder.contextName, "context");
    clusterCa = builder.clusterCa;
    clusterCaFile = builder.clusterCaFile;
    tlsServerName = builder.tlsServerName;
    proxyUrl = builder.proxyUrl;
    namespace = builder.namespace;
    certificate = builder.certificate;
    key = builder.key;
    certificateFile = builder.certificateFile;
    keyFile = builder.keyFile;
    if ((certificate.length == 0) == (certificateFile == null)) {
      throw new IllegalStateException("a certificate is needed, as data or as a file");
    }
    if ((key.length == 0) == (keyFile == null)) {
      throw new IllegalStateException("a key is needed, as data or as a file");
    }
    if (clusterCa.length > 0 && clusterCaFile != null) {
      throw new IllegalStateException("the cluster's CA is given as data and as a file (KC-10)");
    }
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException("no " + what + " was given");
    }
    return value;
  }

  private static String name(@Nullable String value, String what) {
    String name = required(value, what + " name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the name of the " + what + " is empty");
    }
    return text(name, what + " name");
  }

  private static String text(String value, String what) {
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException("the " + what + " is not valid Unicode");
      }
      i += Character.charCount(c);
    }
    return value;
  }

  /** Collects the parts; server, names, certificate and key are needed. */
  public static Builder builder() {
    return new Builder();
  }

  /** The name of the context, which is the current one. */
  public String contextName() {
    return contextName;
  }

  /** The file's content, UTF-8. */
  public byte[] toBytes() {
    return toYaml().getBytes(StandardCharsets.UTF_8);
  }

  /** The file's text. */
  public String toYaml() {
    int embedded = certificate.length + key.length + clusterCa.length;
    StringBuilder out = new StringBuilder(1024 + embedded / 3 * 4);
    out.append("apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n");
    line(out, "    server: ", server.toString());
    data(out, "    certificate-authority-data: ", clusterCa);
    line(out, "    certificate-authority: ", clusterCaFile);
    line(out, "    tls-server-name: ", tlsServerName);
    line(out, "    proxy-url: ", proxyUrl);
    line(out, "  name: ", clusterName);
    out.append("users:\n- name: ");
    YamlWriter.appendString(out, userName);
    out.append("\n  user:\n");
    data(out, "    client-certificate-data: ", certificate);
    line(out, "    client-certificate: ", certificateFile);
    data(out, "    client-key-data: ", key);
    line(out, "    client-key: ", keyFile);
    out.append("contexts:\n- context:\n");
    line(out, "    cluster: ", clusterName);
    line(out, "    namespace: ", namespace);
    line(out, "    user: ", userName);
    line(out, "  name: ", contextName);
    line(out, "current-context: ", contextName);
    return out.toString();
  }

  private static void line(StringBuilder out, String field, @Nullable String value) {
    if (value != null) {
      out.append(field);
      YamlWriter.appendString(out, value);
      out.append('\n');
    }
  }

  private static void data(StringBuilder out, String field, byte[] value) {
    if (value.length > 0) {
      // A base64 text can look like a number; in quotes it cannot.
      out.append(field).append('"');
      out.append(new String(Base64.getEncoder().encode(value), StandardCharsets.ISO_8859_1));
      out.append("\"\n");
    }
  }

  /** Says whose it is, never what it holds. */
  @Override
  public String toString() {
    return "CredentialKubeconfig[context=" + contextName + ", server=" + server + "]";
  }

  /** Collects the parts of a {@link CredentialKubeconfig}. */
  public static final class Builder {
    private static final byte[] NONE = new byte[0];

    private @Nullable ServerUrl server;
    private @Nullable String clusterName;
    private @Nullable String userName;
    private @Nullable String contextName;
    private byte[] clusterCa = NONE;
    private @Nullable String clusterCaFile;
    private @Nullable String tlsServerName;
    private @Nullable String proxyUrl;
    private @Nullable String namespace;
    private byte[] certificate = NONE;
    private byte[] key = NONE;
    private @Nullable String certificateFile;
    private @Nullable String keyFile;

    private Builder() {}

    /** Where the API server is, and what the cluster is called in the file. */
    public Builder cluster(String name, ServerUrl url) {
      clusterName = name;
      server = Objects.requireNonNull(url);
      return this;
    }

    /** The certificates that the API server's is checked against, PEM, embedded. */
    public Builder clusterCa(byte[] pem) {
      clusterCa = pem.clone();
      return this;
    }

    /** The same as a file, absolute or relative to the kubeconfig's folder. */
    public Builder clusterCaFile(String file) {
      clusterCaFile = path(file, "CA file");
      return this;
    }

    /** Name to ask the API server for and to verify, instead of its host (KC-15). */
    public Builder tlsServerName(String name) {
      tlsServerName = text(name, "TLS server name");
      return this;
    }

    /**
     * Proxy to reach the API server through (KC-15).
     *
     * @throws IllegalArgumentException if it is no URL of http, https or socks5
     */
    public Builder proxyUrl(String url) {
      String scheme = GoUrls.scheme(url);
      if (scheme == null
          || !(scheme.equals("http") || scheme.equals("https") || scheme.equals("socks5"))) {
        throw new IllegalArgumentException(
            "proxy "
                + GoStrings.quote(url)
                + " is no URL of http, https or socks5 such as http://proxy:3128");
      }
      proxyUrl = url;
      return this;
    }

    /**
     * Namespace of requests that name none (KC-17).
     *
     * @throws IllegalArgumentException if it is no DNS label
     */
    public Builder namespace(String name) {
      if (!KubeconfigValidation.isDnsLabel(name)) {
        throw new IllegalArgumentException(
            "namespace "
                + GoStrings.quote(name)
                + " is no DNS label: expected up to 63 of a-z, 0-9 and inner '-'");
      }
      namespace = name;
      return this;
    }

    /** What the user is called in the file. */
    public Builder user(String name) {
      userName = name;
      return this;
    }

    /** What the context is called in the file. */
    public Builder context(String name) {
      contextName = name;
      return this;
    }

    /** The certificate with its chain, PEM, embedded. */
    public Builder certificate(byte[] pem) {
      certificate = pem.clone();
      return this;
    }

    /** The private key, PEM, embedded. */
    public Builder key(byte[] pem) {
      key = pem.clone();
      return this;
    }

    /**
     * The certificate with its chain as a file, absolute or relative to the kubeconfig's folder.
     */
    public Builder certificateFile(String file) {
      certificateFile = path(file, "certificate file");
      return this;
    }

    /** The private key as a file, absolute or relative to the kubeconfig's folder. */
    public Builder keyFile(String file) {
      keyFile = path(file, "key file");
      return this;
    }

    private static String path(String file, String what) {
      if (file.isEmpty()) {
        throw new IllegalArgumentException("the name of the " + what + " is empty");
      }
      return text(file, "name of the " + what);
    }

    /**
     * Puts the parts together.
     *
     * @throws IllegalStateException if one is missing, or one is given in two forms
     * @throws IllegalArgumentException if a name is empty or not valid Unicode
     */
    public CredentialKubeconfig build() {
      return new CredentialKubeconfig(this);
    }
  }
}
