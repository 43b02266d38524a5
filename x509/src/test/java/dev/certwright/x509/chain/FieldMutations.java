package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Version, serial, validity, unique ids and what follows them (rules XS-10 to XS-15). */
final class FieldMutations {
  private FieldMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("version", FieldMutations::version));
    list.add(new Mutation("serial", FieldMutations::serial));
    list.add(new Mutation("validity near its ends", FieldMutations::nearEnds));
    list.add(new Mutation("time of odd form", FieldMutations::oddTime));
    list.add(new Mutation("time with a wrong character", FieldMutations::brokenTime));
    list.add(new Mutation("unique ids", FieldMutations::uniqueIds));
    list.add(new Mutation("something trails", FieldMutations::trailing));
  }

  private static void version(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    certificate.version =
        pick(
            random,
            new byte[0],
            tlv(0xA0, integer(0)),
            tlv(0xA0, integer(1)),
            tlv(0xA0, integer(2)),
            tlv(0xA0, integer(3)),
            tlv(0xA0, integer(-1)),
            tlv(0xA0, integer(2), bytes(5, 0)),
            tlv(0xA0, bytes(2, 2, 0, 2)),
            tlv(0xA0, integer(BigInteger.ONE.shiftLeft(64))),
            tlv(0xA0, integer(BigInteger.ONE.shiftLeft(32).add(BigInteger.TWO))),
            tlv(0xA0),
            tlv(0x80, integer(2)));
    if (random.nextInt(3) == 0) {
      certificate.extensions.clear();
    }
  }

  private static void serial(Scenario scenario, Random random) {
    scenario.any(random).serial =
        pick(
            random,
            integer(0),
            integer(-1),
            integer(BigInteger.ONE.shiftLeft(159)),
            integer(BigInteger.ONE.shiftLeft(800)),
            bytes(2, 2, 0, 1),
            bytes(2, 2, 0xFF, 0x80),
            bytes(2, 2, 0, 0x80),
            bytes(2, 0),
            bytes(2, 1, 0x80),
            bytes(0x0A, 1, 1));
  }

  private static void nearEnds(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    Instant bound = Instant.parse("2026-01-01T00:00:00Z");
    scenario.time =
        bound.plusNanos(pick(random, 0L, 1L, -1L, 999_999_999L, 1_000_000_000L, -1_000_000_000L));
    byte[] time = pick(random, text(0x17, "260101000000Z"), text(0x18, "20260101000000Z"));
    if (random.nextBoolean()) {
      certificate.notBefore = time;
    } else {
      certificate.notAfter = time;
    }
  }

  private static final String[] TIMES = {
    "260101000000Z",
    "2601010000Z",
    "260101000000+0000",
    "260101000000-0000",
    "260101000000+0100",
    "260101000000-2359",
    "260101000000+2400",
    "260101000000+2459",
    "260101000000+2500",
    "260101000000+0060",
    "2601010000+0130",
    "260101000000.5Z",
    "260101000000,5Z",
    "260230000000Z",
    "240229000000Z",
    "250229000000Z",
    "260101240000Z",
    "260101235960Z",
    "260101236000Z",
    "500101000000Z",
    "490101000000Z",
    "680101000000Z",
    "690101000000Z",
    "990101000000Z",
    "000101000000Z",
    "000229000000Z",
    "520229000000Z",
    "561231235959-0100",
    "491231235959-0100",
    "500101000000+0100",
    "260101000000z",
    "260101000000",
    "26010100000Z",
    " 60101000000Z",
    "+60101000000Z",
    "-10101000000Z",
    "260001000000Z",
    "261301000000Z",
    "260100000000Z",
    "260132000000Z",
    "20260101000000Z",
    "202601010000Z",
    "20260101000000+0100",
    "20260101000000.0Z",
    "20260101000000.123Z",
    "99991231235959Z",
    "00000101000000Z",
    "00010101000000Z",
    "20500101000000Z",
    "19500101000000Z",
    "20240229000000Z",
    "21000229000000Z",
    "20000229000000Z",
    "2026010100000Z",
    "20260101000000+01",
    "20260101000000+01:00",
    "",
    "260101000000ZZ",
    "2601010000000Z",
    "26010100000000Z",
    "260101 00000Z",
    "2601011 0000Z",
    "20260101000060Z",
    "20260101000000-0000"
  };

  private static void oddTime(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    byte[] time =
        text(pick(random, 0x17, 0x18, 0x17, 0x18, 0x13), TIMES[random.nextInt(TIMES.length)]);
    if (random.nextBoolean()) {
      certificate.notBefore = time;
    } else {
      certificate.notAfter = time;
    }
    if (random.nextInt(3) == 0) {
      scenario.time =
          Instant.parse(
              pick(
                  random,
                  "1950-01-01T00:00:00Z",
                  "1968-06-01T00:00:00Z",
                  "2049-12-31T23:59:59Z",
                  "2050-01-01T00:00:00Z",
                  "2025-12-31T23:00:00Z",
                  "2026-01-01T01:00:00Z"));
    }
  }

  private static void brokenTime(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    boolean general = random.nextBoolean();
    StringBuilder text = new StringBuilder(general ? "20250101000000Z" : "250101000000Z");
    text.setCharAt(
        random.nextInt(text.length()),
        pick(random, '0', '9', '5', ' ', '+', '-', 'Z', ':', '/', '3'));
    certificate.notBefore = text(general ? 0x18 : 0x17, text.toString());
  }

  private static void uniqueIds(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    byte[] one = tlv(0x81, bytes(0, 1));
    byte[] two = tlv(0x82, bytes(0, 1));
    certificate.uniqueIds =
        pick(
            random,
            one,
            two,
            concat(one, two),
            concat(two, one),
            tlv(0xA1, bytes(5, 0)),
            tlv(0x83),
            bytes(5, 0),
            concat(one, one),
            bytes(0x81, 5, 0),
            tlv(0xA2),
            bytes(0x81));
  }

  private static void trailing(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    byte[] more =
        pick(random, bytes(5, 0), bytes(0), bytes(0x30, 0), bytes(1, 2, 3, 4), bytes(0xA3, 0));
    switch (random.nextInt(8)) {
      case 0 -> certificate.afterValidity = more;
      case 1 -> certificate.afterExtensions = more;
      case 2 -> certificate.afterExtensionList = more;
      case 3 -> certificate.afterSignature = more;
      case 4 -> certificate.afterCertificate = more;
      case 5 -> certificate.extensions.forEach(extension -> extension.after = more);
      case 6 ->
          certificate.extensions.forEach(
              extension -> extension.value = concat(extension.value, more));
      default -> {
        certificate.extensions.clear();
        certificate.afterExtensions =
            pick(
                random,
                tlv(0xA3),
                tlv(0xA3, TestDer.sequence()),
                tlv(0xA3, bytes(5, 0)),
                tlv(0xA4));
      }
    }
  }
}
