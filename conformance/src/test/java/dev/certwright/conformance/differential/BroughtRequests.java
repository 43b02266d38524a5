package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * Random requests such as Certwright never makes: of other keys, digests, attributes, types of
 * strings, and with extensions, right and wrong ones.
 */
final class BroughtRequests {
  static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  static final ASN1ObjectIdentifier MICROSOFT_EXTENSIONS =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.311.2.1.14");

  private static final Map<Integer, KeyPair> RSA = new ConcurrentHashMap<>();

  /** A key, and the algorithms it may sign with. */
  private record Key(KeyPair pair, List<String> algorithms) {}

  private static final class Made {
    static final List<Key> KEYS = new ArrayList<>();

    static {
      List<String> ec =
          List.of(
              "SHA256withECDSA",
              "SHA384withECDSA",
              "SHA512withECDSA",
              "SHA1withECDSA",
              "SHA224withECDSA");
      for (String curve : List.of("P-256", "P-384", "P-521", "P-224", "secp256k1")) {
        KEYS.add(new Key(pair("EC", curve), ec));
      }
      for (int bits : new int[] {2048, 1024, 3072}) {
        KEYS.add(
            new Key(
                rsa(bits),
                List.of(
                    "SHA256withRSA",
                    "SHA384withRSA",
                    "SHA512withRSA",
                    "SHA1withRSA",
                    "MD5withRSA",
                    "SHA256withRSAandMGF1")));
      }
      KEYS.add(new Key(pair("Ed25519", ""), List.of("Ed25519")));
      KEYS.add(new Key(pair("Ed448", ""), List.of("Ed448")));
    }
  }

  /** One of each length for all that need one: they take long to find. */
  static KeyPair rsa(int bits) {
    return RSA.computeIfAbsent(bits, BroughtRequests::newRsa);
  }

  /** By OpenSSL, which needs a twentieth of the time. */
  private static KeyPair newRsa(int bits) {
    String pem =
        OpenSsl.run(Path.of("."), "genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:" + bits);
    try {
      PrivateKeyInfo key =
          PrivateKeyInfo.getInstance(PemReader.read(pem.getBytes(US_ASCII)).get(0).bytes());
      RSAPrivateKey numbers = RSAPrivateKey.getInstance(key.parsePrivateKey());
      KeyFactory factory = KeyFactory.getInstance("RSA", PROVIDER);
      return new KeyPair(
          factory.generatePublic(
              new RSAPublicKeySpec(numbers.getModulus(), numbers.getPublicExponent())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KeyPair pair(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, PROVIDER);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final Random random;
  private final Choices choices;

  BroughtRequests(Random random) {
    this.random = random;
    this.choices = new Choices(random);
  }

  /**
   * A signed request.
   *
   * @param rsa whether it is for an RSA key
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Request(byte[] encoded, boolean rsa) {}

  Request request(String user, List<String> groups, String uid) {
    Key key = choices.mostlyOfTheFirst(1, Made.KEYS);
    String algorithm =
        choices.once(2)
            ? key.algorithms.get(0)
            : key.algorithms.get(random.nextInt(key.algorithms.size()));
    PKCS10CertificationRequestBuilder builder =
        new PKCS10CertificationRequestBuilder(
            subject(user, groups, uid),
            SubjectPublicKeyInfo.getInstance(key.pair.getPublic().getEncoded()));
    if (choices.once(8)) {
      builder.addAttribute(
          PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String("secret"));
    }
    for (int count = choices.once(3) ? 0 : choices.once(8) ? 2 : 1; count > 0; count--) {
      if (choices.once(10)) {
        builder.addAttribute(MICROSOFT_EXTENSIONS, unread());
      } else {
        builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions());
      }
    }
    try {
      return new Request(
          builder
              .build(
                  new JcaContentSignerBuilder(algorithm)
                      .setProvider(PROVIDER)
                      .build(key.pair.getPrivate()))
              .getEncoded(),
          algorithm.contains("RSA"));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private X500Name subject(String user, List<String> groups, String uid) {
    List<AttributeTypeAndValue> attributes = new ArrayList<>();
    for (String group : groups) {
      attributes.add(attribute(BCStyle.O, group));
    }
    attributes.add(attribute(BCStyle.CN, user));
    if (!uid.isEmpty()) {
      attributes.add(attribute(new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.2"), uid));
    }
    for (int count = choices.once(2) ? 0 : random.nextInt(3); count > 0; count--) {
      attributes.add(
          random.nextInt(attributes.size() + 1),
          switch (random.nextInt(9)) {
            case 0 -> attribute(BCStyle.OU, choices.of("unit", "é", ""));
            case 1 -> attribute(BCStyle.C, choices.of("DE", "de", "Germany"));
            case 2 -> attribute(BCStyle.L, "Berlin");
            case 3 -> attribute(BCStyle.ST, "Berlin");
            case 4 -> attribute(BCStyle.SERIALNUMBER, "7");
            case 5 -> attribute(BCStyle.E, "jane@example.com");
            case 6 -> attribute(BCStyle.DC, "example");
            case 7 -> attribute(BCStyle.CN, "jane");
            default -> attribute(new ASN1ObjectIdentifier("1.2.3.4"), "x");
          });
    }
    List<RDN> relative = new ArrayList<>();
    boolean together = choices.once(4);
    for (int i = 0; i < attributes.size(); i++) {
      if (together && i + 1 < attributes.size() && random.nextBoolean()) {
        relative.add(
            new RDN(new AttributeTypeAndValue[] {attributes.get(i), attributes.get(i + 1)}));
        i++;
      } else {
        relative.add(new RDN(attributes.get(i)));
      }
    }
    return X500Name.getInstance(new DERSequence(relative.toArray(RDN[]::new)));
  }

  private AttributeTypeAndValue attribute(ASN1ObjectIdentifier type, String value) {
    return new AttributeTypeAndValue(type, text(value));
  }

  private ASN1Encodable text(String value) {
    boolean ascii = value.chars().allMatch(c -> c < 0x80);
    return switch (random.nextInt(8)) {
      case 0 -> new DERBMPString(value);
      case 1 -> ascii ? new DERIA5String(value) : new DERUTF8String(value);
      case 2 -> ascii ? new DERPrintableString(value) : new DERUTF8String(value);
      case 3 -> ascii ? new DERT61String(value) : new DERUTF8String(value);
      default -> new DERUTF8String(value);
    };
  }

  /** Upstream does not read these. */
  private DERSequence unread() {
    try {
      return new DERSequence(
          choices.once(2)
              ? new Extension(
                  Extension.subjectAlternativeName,
                  false,
                  new DERSequence(name(2, "a")).getEncoded())
              : new Extension(Extension.keyUsage, true, new KeyUsage(4).getEncoded()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DERSequence extensions() {
    List<ASN1Encodable> extensions = new ArrayList<>();
    int count = choices.once(3) ? random.nextInt(4) : 1;
    for (int i = 0; i < count; i++) {
      extensions.add(extension());
    }
    return new DERSequence(extensions.toArray(ASN1Encodable[]::new));
  }

  private ASN1Encodable extension() {
    try {
      boolean critical = choices.once(4);
      return switch (random.nextInt(12)) {
        case 0 ->
            new Extension(
                Extension.basicConstraints, critical, new BasicConstraints(true).getEncoded());
        case 1 ->
            new Extension(
                Extension.extendedKeyUsage,
                critical,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth).getEncoded());
        case 2 ->
            new Extension(
                Extension.keyUsage, critical, new KeyUsage(KeyUsage.keyCertSign).getEncoded());
        case 3 ->
            new Extension(new ASN1ObjectIdentifier("1.2.3.5"), critical, "x".getBytes(US_ASCII));
        case 4 -> new Extension(Extension.basicConstraints, critical, "not DER".getBytes(US_ASCII));
        default -> new Extension(Extension.subjectAlternativeName, critical, alternativeNames());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] alternativeNames() throws IOException {
    List<ASN1Encodable> names = new ArrayList<>();
    for (int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3); count > 0; count--) {
      names.add(alternativeName());
    }
    byte[] encoded = new DERSequence(names.toArray(ASN1Encodable[]::new)).getEncoded();
    if (choices.once(12)) {
      encoded[random.nextInt(encoded.length)] ^= (byte) (1 << random.nextInt(8));
    } else if (choices.once(40)) {
      return "x".getBytes(US_ASCII);
    }
    return encoded;
  }

  private ASN1Encodable alternativeName() {
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          name(2, choices.of("example.com", "*.example.com", "a b", "", "é", ".", "x".repeat(300)));
      case 2 -> name(1, choices.of("jane@example.com", "jane", "", "é@example.com", "a@b@c"));
      case 3 ->
          name(
              6,
              choices.of(
                  "https://example.com/",
                  "spiffe://td/workload",
                  "urn:x",
                  "",
                  "ht tp://h%zz",
                  "https://h%zz/",
                  "https://exa mple/",
                  "https://[::1]:x/",
                  "https://é/",
                  "//h",
                  "https://a..b/",
                  "https://user:pass@h/?q#f",
                  "%zz",
                  ":",
                  "a:b\u007F"));
      case 4 ->
          new DERTaggedObject(
              false,
              7,
              new DEROctetString(
                  new byte[choices.once(5) ? random.nextInt(20) : choices.once(2) ? 4 : 16]));
      case 5 ->
          new DERTaggedObject(
              true, 4, new X500Name(new RDN[] {new RDN(attribute(BCStyle.CN, "jane"))}));
      default ->
          new DERTaggedObject(
              false,
              0,
              new DERSequence(
                  new ASN1Encodable[] {
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"),
                    new DERTaggedObject(true, 0, new DERUTF8String("jane@example.com"))
                  }));
    };
  }

  private static DERTaggedObject name(int tag, String text) {
    return new DERTaggedObject(false, tag, new DEROctetString(text.getBytes(UTF_8)));
  }
}
