package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/**
 * Random CertificateSigningRequests, such as {@code certwright issue} makes and such as somebody
 * brings, approved, with a CA to sign them. The keys are made anew in each process.
 */
final class CsrSignQuestions {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static final String[] USERS = {
    "jane",
    "brancz",
    "a b",
    "ops:robot@example.com",
    "Ünï",
    "日本",
    "\uD83D\uDE00",
    "a*b",
    "x_y",
    "'",
    "=",
    "#x",
    "a\"b",
    "system:node:n1",
    "x".repeat(64),
    "x".repeat(300)
  };

  /** Names that Certwright refuses: empty, padded, unseen, too long, or whole subjects. */
  static final List<String> BAD_NAMES =
      List.of(
          "",
          " x",
          "x ",
          "x\u0000y",
          "ja\u200Bne",
          "jane\u202E",
          "CN=jane",
          "/O=devs/CN=jane",
          "2.5.4.3=jane",
          "x".repeat(1025));

  private static final String[] GROUPS = {
    "devs",
    "ops",
    "b",
    "a",
    "Z",
    "é",
    "read-only-users",
    "a,b",
    "o/p:q",
    "x&y",
    "system:masters",
    "system:nodes",
    "x".repeat(65)
  };
  private static final String[] LABELS = {
    "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "CERTIFICATE", "certificate request", ""
  };

  private static final String[] BLOCKS = {
    "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n",
    "-----BEGIN X-----\n!!!\n-----END X-----\n",
    "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n",
    "-----END CERTIFICATE REQUEST-----\n",
    "-----BEGIN \n"
  };

  private static final class Made {
    static final List<SigningKey> KEYS = new ArrayList<>();

    static {
      PortableCryptography cryptography = new PortableCryptography();
      for (KeyType type : KeyType.values()) {
        if (!type.isRsa()) {
          KEYS.add(cryptography.generate(type));
        }
      }
      for (int bits : new int[] {2048, 3072, 1024}) {
        byte[] key = BroughtRequests.rsa(bits).getPrivate().getEncoded();
        KEYS.add(cryptography.signingKey(PrivateKeyReader.read(key, PasswordSource.NONE)));
      }
    }
  }

  private final Random random;
  private final Choices choices;

  CsrSignQuestions(Random random) {
    this.random = random;
    this.choices = new Choices(random);
  }

  YamlMapping question() {
    String user = name(USERS);
    List<String> groups = new ArrayList<>(choices.some(4, GROUPS));
    if (!choices.once(10)) {
      groups = new ArrayList<>(new HashSet<>(groups));
      groups.remove("system:masters");
    }
    if (choices.once(20)) {
      groups.add(random.nextInt(groups.size() + 1), choices.of(BAD_NAMES.toArray(String[]::new)));
    }
    String uid = choices.once(6) ? name("1", "uid-é") : "";
    // Signatures cost most; those of P-256 cost a tenth of the others', on both sides.
    SigningKey key = choices.mostlyOfTheFirst(1, Made.KEYS);
    SigningAuthorities.Pems authority =
        choices.once(5)
            ? choices.any(SigningAuthorities.FOREIGN)
            : choices.mostlyOfTheFirst(SigningAuthorities.P_256, SigningAuthorities.OWN);
    BroughtRequests.Request brought =
        choices.once(3)
            ? new BroughtRequests(random).request(user, groups, uid)
            : new BroughtRequests.Request(
                request(user, groups, uid, key),
                key.publicKey().family() == PublicKeyInfo.Family.RSA);
    byte[] encoded = choices.once(6) ? damaged(brought.encoded()) : brought.encoded();
    List<String> usages = new ArrayList<>(List.of("client auth", "digital signature"));
    if (brought.rsa()) {
      usages.add("key encipherment");
    }
    YamlMapping.Builder spec =
        YamlMapping.builder()
            .put("request", Base64.getEncoder().encodeToString(file(encoded)))
            .put("signerName", "kubernetes.io/kube-apiserver-client")
            .put("usages", YamlSequence.ofStrings(usages));
    if (!choices.once(10)) {
      spec.put("expirationSeconds", seconds());
    }
    YamlMapping approved =
        YamlMapping.builder().put("type", "Approved").put("status", "True").build();
    return YamlMapping.builder()
        .put(
            "csr",
            YamlMapping.builder()
                .put("apiVersion", "certificates.k8s.io/v1")
                .put("kind", "CertificateSigningRequest")
                .put("metadata", YamlMapping.builder().put("name", "x").build())
                .put("spec", spec.build())
                .put(
                    "status",
                    YamlMapping.builder()
                        .put("conditions", YamlSequence.of(List.of(approved)))
                        .build())
                .build())
        .put("caCert", authority.certificate())
        .put("caKey", authority.key())
        .put("time", NOW.plus(clock()).toString())
        .put(
            "comment",
            YamlMapping.builder()
                .put("user", user)
                .put("groups", YamlSequence.ofStrings(groups))
                .put("uid", uid)
                .build())
        .build();
  }

  private String name(String... good) {
    return choices.once(12) ? choices.of(BAD_NAMES.toArray(String[]::new)) : choices.of(good);
  }

  private Duration clock() {
    return choices.once(30) ? Duration.ofDays(choices.once(2) ? 5 : -5) : Duration.ZERO;
  }

  private long seconds() {
    return switch (random.nextInt(8)) {
      case 0 -> 599;
      case 1 -> 600;
      case 2 -> 8 * 3600 - 1;
      case 3 -> 8 * 3600;
      case 4 -> 8760 * 3600L + random.nextInt(2);
      case 5 -> 86_400;
      default -> 600 + random.nextInt(400 * 86_400);
    };
  }

  private byte[] request(String user, List<String> groups, String uid, SigningKey key) {
    List<AttributeTypeAndValue> attributes = new ArrayList<>();
    groups.forEach(group -> attributes.add(new AttributeTypeAndValue(Oids.ORGANIZATION, group)));
    attributes.add(new AttributeTypeAndValue(Oids.COMMON_NAME, user));
    if (!uid.isEmpty()) {
      attributes.add(new AttributeTypeAndValue(Oids.KUBERNETES_UID, uid));
    }
    // Of another subject than was asked for; system:masters must reach upstream to be refused
    // there.
    if (choices.once(12) && !groups.contains("system:masters")) {
      attributes.set(
          random.nextInt(attributes.size()),
          new AttributeTypeAndValue(Oids.COMMON_NAME, choices.of(USERS)));
    }
    return CertificateRequest.create(DistinguishedName.ofAttributes(attributes), key).encoded();
  }

  /** One to three bytes changed, left out, or put in. */
  private byte[] damaged(byte[] encoded) {
    byte[] bytes = encoded;
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> {
          byte[] fewer = new byte[bytes.length - 1];
          System.arraycopy(bytes, 0, fewer, 0, at);
          System.arraycopy(bytes, at + 1, fewer, at, fewer.length - at);
          bytes = fewer;
        }
        case 1 -> {
          byte[] more = new byte[bytes.length + 1];
          System.arraycopy(bytes, 0, more, 0, at);
          more[at] = (byte) random.nextInt(256);
          System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
          bytes = more;
        }
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private byte[] file(byte[] der) {
    String label = choices.once(15) ? choices.of(LABELS) : PemBlock.CERTIFICATE_REQUEST;
    String pem = text(PemWriter.write(label, der));
    return switch (random.nextInt(40)) {
      case 0 -> bytes("# a comment\n" + pem);
      case 1 -> bytes(pem + pem);
      case 2 -> bytes(pem.replace("\n", "\r\n"));
      case 3 -> bytes(choices.damaged(pem, "\n", "-", "=", "A", " ", "\t"));
      case 4 -> bytes(pem + "trailing");
      case 5 -> bytes(pem.replaceFirst("-----\n", "-----\nX-Header: y\n\n"));
      case 6 -> bytes("\uFEFF" + pem);
      case 7 -> bytes(choices.of(BLOCKS) + pem);
      case 8 -> bytes(pem + choices.of(BLOCKS));
      case 9 -> bytes(pem.replace("\n", choices.of(" \n", "\n ", "\t\n", "\n\n")));
      case 10 -> bytes(pem.strip());
      case 11 -> der;
      default -> bytes(pem);
    };
  }

  private static String text(byte[] pem) {
    return new String(pem, US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
