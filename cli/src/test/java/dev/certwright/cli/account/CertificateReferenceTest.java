package dev.certwright.cli.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.cli.CommandException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link CertificateReference}. */
final class CertificateReferenceTest {
  private static final String HASH = "0a1b".repeat(16);
  private static final String ID = "X509SHA256=" + HASH;
  private static final String OCTETS = "0A:1B:".repeat(16).substring(0, 95);

  private static void assertId(String text, @Nullable String id) {
    assertThat(CertificateReference.of(text).credentialId()).as(text).isEqualTo(id);
  }

  private static void assertSerial(String text, @Nullable String serial) {
    assertThat(CertificateReference.of(text).serialNumber()).as(text).isEqualTo(serial);
  }

  @Test
  void credentialIdIsReadInEveryFormInWhichAuditLogsListAndOpensslWriteIt() {
    for (String text :
        new String[] {
          ID,
          ID.toUpperCase(Locale.ROOT),
          HASH,
          HASH.toUpperCase(Locale.ROOT),
          OCTETS,
          OCTETS.toLowerCase(Locale.ROOT),
          "sha256 Fingerprint=" + OCTETS,
          "SHA256 Fingerprint=" + OCTETS + "\n",
          "X509SHA256=" + OCTETS
        }) {
      assertId(text, ID);
      assertSerial(text, null);
      assertThat(CertificateReference.of(text).isWhole()).as(text).isTrue();
    }
  }

  @Test
  void beginningOfAHashIsTakenFromSixDigitsAlsoAfterItsLabel() {
    assertId("0a1b0a", "X509SHA256=0a1b0a");
    assertId("0A1B0A", "X509SHA256=0a1b0a");
    assertId("0a1b0", null);
    assertId("X509SHA256=0A1B0A", "X509SHA256=0a1b0a");
    assertId("X509SHA256=0a1b0", null);
    assertId("X509SHA256=2", null);
    assertThat(CertificateReference.of("0a1b0a").isWhole()).isFalse();
  }

  @Test
  void serialNumberIsReadInEveryFormInWhichOpensslAndListWriteIt() {
    assertSerial("serial=0A1B", "2587");
    assertSerial("serial=10", "16");
    assertSerial("Serial=0a:1b", "2587");
    assertSerial("0A:1B", "2587");
    assertSerial("0a:1b", "2587");
    assertSerial("0x0a1b", "2587");
    assertSerial("0X0A1B", "2587");
    assertSerial("0A1B", "2587");
    assertSerial("2587", "2587");
    assertSerial("10", "10");
    assertSerial("serial=" + "F".repeat(40), "1461501637330902918203684832716283019655932542975");
  }

  @Test
  void hexDigitsWithoutALabelMayBeAHashAndASerialNumber() {
    assertId("123456", "X509SHA256=123456");
    assertSerial("123456", "123456");
    assertId("12345A", "X509SHA256=12345a");
    assertSerial("12345A", "1193050");
  }

  @Test
  void whatIsNoNumberNamesNoCertificate() {
    for (String text :
        new String[] {
          "",
          "jane",
          "system:node:a",
          "a:b",
          "0a:1b:",
          "0a1:b0",
          ":0a1b",
          "0x",
          "serial=",
          "serial=0A1G",
          "serial=-01",
          "X509SHA256=",
          "X509SHA256=" + HASH + "0",
          "a=b",
          "f".repeat(65),
          "serial=" + "1".repeat(61),
          "\u0661\u0662"
        }) {
      assertId(text, null);
      assertSerial(text, null);
    }
  }

  @Test
  void fingerprintByAnotherHashIsRefusedWithTheCommandForTheRightOne() {
    assertThatThrownBy(() -> CertificateReference.of("sha1 Fingerprint=0A:1B"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("SHA-256");
  }
}
