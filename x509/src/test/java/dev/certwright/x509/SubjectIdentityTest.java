package dev.certwright.x509;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.identity.Identity;
import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.testing.CertificateBytes;
import dev.certwright.x509.testing.NameBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubjectIdentityTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);

  @Test
  void userGroupsAndUidAreTakenAsTheyAreX12X15X18() {
    Identity identity =
        identity(
            NameBytes.empty()
                .with(Oids.ORGANIZATION, "b")
                .with(Oids.ORGANIZATIONAL_UNIT, "ignored")
                .with(Oids.ORGANIZATION, " A ")
                .with(Oids.ORGANIZATION, "b")
                .with(Oids.ORGANIZATION, "")
                .with(Oids.COMMON_NAME, " Jäne\u200B ")
                .with(Oids.KUBERNETES_UID, "42"));

    assertThat(identity.name()).isEqualTo(" Jäne\u200B ");
    assertThat(identity.groups()).containsExactly("b", " A ", "b", "", "system:authenticated");
    assertThat(identity.uid()).isEqualTo("42");
  }

  @Test
  void groupsInOneRdnKeepTheirEncodedOrderX16() {
    assertThat(
            identity(NameBytes.empty().withSet(text("z"), text("a")).with(Oids.COMMON_NAME, "jane"))
                .groups())
        .containsExactly("z", "a", "system:authenticated");
  }

  @Test
  void lastCommonNameCountsX14() {
    assertThat(
            identity(
                    NameBytes.empty()
                        .with(Oids.COMMON_NAME, "client_cn2")
                        .with(Oids.ORGANIZATION, "My Org")
                        .with(Oids.COMMON_NAME, "client_cn"))
                .name())
        .isEqualTo("client_cn");
  }

  @Test
  void emptyOrAbsentCommonNameIsNobodyX13Xs01() {
    assertThat(of(NameBytes.empty().with(Oids.ORGANIZATION, "devs")).problem()).contains("X-13");
    assertThat(
            of(NameBytes.empty().with(Oids.COMMON_NAME, "jane").with(Oids.COMMON_NAME, ""))
                .problem())
        .contains("X-13");
    // The Common Name is looked at first, so a bad uid does not matter (rule X-19).
    assertThat(
            of(NameBytes.empty()
                    .with(Oids.KUBERNETES_UID, "1")
                    .with(Oids.KUBERNETES_UID, "1")
                    .with(Oids.COMMON_NAME, ""))
                .problem())
        .contains("X-13");
  }

  @Test
  void uidTwiceOrEmptyIsRefusedX19Xs03() {
    NameBytes jane = NameBytes.empty().with(Oids.COMMON_NAME, "jane");
    SubjectIdentity empty = of(jane.with(Oids.KUBERNETES_UID, ""));
    assertThat(empty.identity()).isNull();
    assertThat(empty.problem()).contains("empty uid");
    for (String second : List.of("1", "2", "")) {
      SubjectIdentity twice =
          of(
              NameBytes.empty()
                  .with(Oids.KUBERNETES_UID, "1")
                  .with(Oids.COMMON_NAME, "jane")
                  .with(Oids.KUBERNETES_UID, second));
      assertThat(twice.identity()).isNull();
      assertThat(twice.problem()).contains("several uids");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Tag.INTEGER, 0x1A, 0x1B, 0x1C, Tag.SEQUENCE})
  void attributeOfATypeThatIsNotReadRefusesTheCertificateXs04(int tag) {
    byte[] value = {0x30, 0};
    for (NameBytes subject :
        List.of(
            NameBytes.empty().with(Oids.COMMON_NAME, "jane").with(Oids.KUBERNETES_UID, tag, value),
            NameBytes.empty().with(Oids.COMMON_NAME, "jane").with(Oids.LOCALITY, tag, value),
            NameBytes.empty().with(Oids.COMMON_NAME, "jane").with(Oids.COMMON_NAME, tag, value))) {
      assertThatThrownBy(() -> of(subject)).isInstanceOf(X509Exception.class);
    }
    byte[] strangeIssuer =
        CertificateBytes.of(KEY)
            .issuer(NameBytes.empty().with(Oids.COMMON_NAME, tag, value).encoded())
            .encoded();
    assertThatThrownBy(() -> Certificate.of(strangeIssuer)).isInstanceOf(X509Exception.class);
  }

  @Test
  void anonymousAndUnauthenticatedKeepTheirGroupsX21X22() {
    assertThat(identity(NameBytes.empty().with(Oids.COMMON_NAME, "system:anonymous")).groups())
        .isEmpty();
    assertThat(
            identity(
                    NameBytes.empty()
                        .with(Oids.ORGANIZATION, "system:unauthenticated")
                        .with(Oids.COMMON_NAME, "jane"))
                .groups())
        .containsExactly("system:unauthenticated");
  }

  @Test
  void requestHasNoCredentialIdBecauseItIsNoneX17() {
    CertificateRequest request =
        CertificateRequest.create(
            DistinguishedName.ofAttributes(
                List.of(new AttributeTypeAndValue(Oids.COMMON_NAME, "jane"))),
            KEY);

    assertThat(requireNonNull(SubjectIdentity.of(request).identity()).extra()).isEmpty();
  }

  @Test
  void credentialIdIsTheFingerprintThatOpenSslPrintsX17(@TempDir Path folder) throws IOException {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out k");
    OpenSsl.run(folder, "req -x509 -new -key k -subj /O=b/O=a/CN=jane -outform der -out c");
    String printed = OpenSsl.run(folder, "x509 -inform der -in c -noout -fingerprint -sha256");
    String hex =
        printed
            .strip()
            .substring(printed.indexOf('=') + 1)
            .replace(":", "")
            .toLowerCase(Locale.ROOT);

    Identity identity =
        requireNonNull(
            SubjectIdentity.of(Certificate.of(Files.readAllBytes(folder.resolve("c")))).identity());

    assertThat(identity.extra())
        .containsOnlyKeys("authentication.kubernetes.io/credential-id")
        .containsEntry("authentication.kubernetes.io/credential-id", List.of("X509SHA256=" + hex));
    assertThat(identity.groups()).containsExactly("b", "a", "system:authenticated");
  }

  private static byte[] text(String value) {
    return NameBytes.attribute(
        Oids.ORGANIZATION,
        Tag.PRINTABLE_STRING,
        value.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static SubjectIdentity of(NameBytes subject) {
    return SubjectIdentity.of(Certificate.of(CertificateBytes.of(KEY).subject(subject).encoded()));
  }

  private static Identity identity(NameBytes subject) {
    SubjectIdentity found = of(subject);
    assertThat(found.problem()).isEmpty();
    return requireNonNull(found.identity());
  }
}
