package dev.certwright.server.tls;

import dev.certwright.authentication.ClientAuthorities;
import dev.certwright.server.ServerException;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.extension.GeneralNames;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.Mapping;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS contexts of new connections, by the host that a client names. Certificates of clients are
 * asked for and not judged here; sessions are never resumed, so that nothing that TLS remembers
 * outlives an expiry or a change of CAs.
 *
 * <p>{@link #refresh} is called by one thread, {@link #map} by any.
 */
public final class TlsContexts implements Mapping<String, SslContext> {
  static {
    // The JDK's TLS would else hand out tickets that bring a session back, and renegotiate.
    System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    // Nobody records its events, and to declare them takes 0.3 s.
    System.setProperty("io.netty.jfr.enabled", "false");
  }

  private static final List<String> TLS_1_3_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final TlsSettings settings;
  private final List<ClientAuthorities> authorities;
  private final List<ServingCertificate> certificates = new ArrayList<>();
  private final List<String> suites;
  private List<TrustAnchors> advertised;
  private boolean changed;
  private volatile Contexts contexts;

  private record Contexts(SslContext standard, Map<String, SslContext> byName) {}

  private TlsContexts(TlsSettings settings, List<ClientAuthorities> authorities) {
    this.settings = settings;
    this.suites = suites();
    this.authorities = List.copyOf(authorities);
    certificates.add(ServingCertificate.open(settings.serving()));
    for (CertificateFiles files : settings.sni()) {
      certificates.add(ServingCertificate.open(files));
    }
    this.advertised = current();
    this.contexts = build(advertised);
  }

  /**
   * Reads all files.
   *
   * @param authorities whose certificates clients are asked for
   * @throws ServerException if one is unusable
   */
  public static TlsContexts open(TlsSettings settings, List<ClientAuthorities> authorities) {
    return new TlsContexts(settings, authorities);
  }

  /** Whether BoringSSL does the work. */
  public boolean isNative() {
    return settings.nativeLibrary() && OpenSsl.isAvailable();
  }

  // One that is not known would be left out in silence, and with it what was meant to be strict.
  private List<String> suites() {
    List<String> named = settings.cipherSuites();
    if (named.isEmpty()) {
      return Http2SecurityUtil.CIPHERS;
    }
    Set<String> known = new TreeSet<>();
    try {
      known.addAll(
          isNative()
              ? OpenSsl.availableJavaCipherSuites()
              : Set.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites()));
    } catch (GeneralSecurityException missing) {
      throw new ServerException("this Java has no TLS", missing);
    }
    List<String> all = new ArrayList<>(named);
    for (String suite : named) {
      if (!known.contains(suite)) {
        throw new ServerException(
            "there is no TLS cipher suite " + suite + " here; known are " + known);
      }
    }
    // As in kube-apiserver, which suites of TLS 1.3 there are is not up to this list alone.
    if (named.stream().noneMatch(TLS_1_3_SUITES::contains)) {
      all.addAll(TLS_1_3_SUITES);
    }
    return all;
  }

  @Override
  public SslContext map(@Nullable String host) {
    Contexts current = contexts;
    if (host == null || current.byName.isEmpty()) {
      return current.standard;
    }
    String name = host.toLowerCase(Locale.ROOT);
    SslContext found = current.byName.get(name);
    int dot = name.indexOf('.');
    if (found == null && dot > 0) {
      found = current.byName.get("*" + name.substring(dot));
    }
    return found == null ? current.standard : found;
  }

  /**
   * Looks after the files; new connections get what is there now.
   *
   * @throws ServerException if it cannot be used, as often as it is called; what was there before
   *     stays in use
   */
  public void refresh() {
    for (ServingCertificate certificate : certificates) {
      changed |= certificate.refresh();
    }
    List<TrustAnchors> current = current();
    if (changed || !isAdvertised(current)) {
      contexts = build(current);
      advertised = current;
      changed = false;
    }
  }

  private List<TrustAnchors> current() {
    List<TrustAnchors> all = new ArrayList<>();
    for (ClientAuthorities authority : authorities) {
      TrustAnchors anchors = authority.current();
      if (anchors != null) {
        all.add(anchors);
      }
    }
    return all;
  }

  @SuppressWarnings("ReferenceEquality") // A new object is a new bundle.
  private boolean isAdvertised(List<TrustAnchors> current) {
    boolean same = current.size() == advertised.size();
    for (int i = 0; same && i < current.size(); i++) {
      same = current.get(i) == advertised.get(i);
    }
    return same;
  }

  private Contexts build(List<TrustAnchors> bundles) {
    List<X509Certificate> issuers = new ArrayList<>();
    for (TrustAnchors anchors : bundles) {
      for (Certificate authority : anchors.certificates()) {
        try {
          issuers.add(ServingKeyPair.jca(authority));
        } catch (GeneralSecurityException unknownToJdk) {
          // It counts for clients all the same; they are only not told of it.
        }
      }
    }
    AnyClient trust = new AnyClient(issuers);
    SslContext standard = build(certificates.get(0).pair(), trust);
    Map<String, SslContext> byName = new HashMap<>();
    for (int i = certificates.size() - 1; i > 0; i--) {
      ServingKeyPair pair = certificates.get(i).pair();
      SslContext context = build(pair, trust);
      GeneralNames names = pair.leaf().extensionValues().alternativeNames();
      for (String name : names == null ? List.<String>of() : names.dnsNames()) {
        byName.put(name.toLowerCase(Locale.ROOT), context);
      }
    }
    return new Contexts(standard, byName);
  }

  private SslContext build(ServingKeyPair pair, AnyClient trust) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(pair.jcaKey(), pair.jcaChain())
              // Held in memory alone: encrypting it there as the usual kind does takes 0.2 s.
              .keyStoreType("JKS")
              .sslProvider(isNative() ? SslProvider.OPENSSL : SslProvider.JDK)
              .trustManager(trust)
              .clientAuth(ClientAuth.OPTIONAL)
              .protocols(
                  settings.minimumVersion().equals(TlsSettings.TLS_1_3)
                      ? new String[] {"TLSv1.3"}
                      : new String[] {"TLSv1.3", "TLSv1.2"})
              .ciphers(suites, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      ApplicationProtocolConfig.Protocol.ALPN,
                      ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                      ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1));
      SslContext context = builder.build();
      if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
        sessions.setSessionCacheEnabled(false);
      }
      return context;
    } catch (GeneralSecurityException | SSLException | IllegalArgumentException unusable) {
      throw new ServerException(
          "the serving certificate "
              + settings.serving().certificate()
              + " cannot be used for TLS: "
              + unusable.getMessage(),
          unusable);
    }
  }
}
