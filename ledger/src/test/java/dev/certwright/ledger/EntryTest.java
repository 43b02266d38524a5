package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:37:12.345Z");
  private static final String ODD =
      "\" \\ \n\r\t\u0000 \u2028 \u00e9 \ud83d\ude00 \u202e,\"hash\":\"";

  static Stream<Event> events() {
    Target target = new Target(Target.Kind.CREDENTIAL, Events.credentialId(7));
    return Stream.of(
        Events.issued(1, "jane", "devs", "ops"),
        Events.issued(1, ODD, ODD),
        new Issued(
            Events.facts(2, "jane"),
            "prod",
            "https://10.0.0.1:6443",
            ODD,
            List.of("allow-system-names", "max-ttl"),
            Events.credentialId(1)),
        new Imported(Events.facts(3, ""), "prod", "", "clients/jane/client.crt"),
        new Seen(
            Events.credentialId(4),
            "jane",
            List.of("devs"),
            "prod",
            Instant.parse("2026-11-24T09:37:12.345Z"),
            Instant.parse("2026-11-24T10:37:12Z"),
            List.of("10.0.0.7", "2001:db8::1"),
            "audit.log"),
        new Restriction(EntryType.REVOKED, target, Events.END, "laptop stolen"),
        new Restriction(EntryType.SUSPENDED, new Target(Target.Kind.USER, ODD), null, ""),
        new Restriction(EntryType.RESUMED, new Target(Target.Kind.UID, "4711"), null, ""));
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventOfEachTypeIsReadAsItWasWritten(Event event) {
    EntryWriter writer = new EntryWriter(new Head(41, "ab".repeat(32)), NOW, "jane@host");

    byte[] line = writer.add(event);

    Entry entry = new EntryReader().read(line);
    assertThat(entry.event()).isEqualTo(event);
    assertThat(entry.sequence()).isEqualTo(42);
    assertThat(entry.previous()).isEqualTo("ab".repeat(32));
    assertThat(entry.time()).isEqualTo(NOW);
    assertThat(entry.actor()).isEqualTo("jane@host");
    EntryLine links = EntryLine.of(line);
    assertThat(links.intact()).isTrue();
    assertThat(links.head()).isEqualTo(writer.head()).isEqualTo(new Head(42, entry.hash()));
    assertThat(line).doesNotContain('\n');
  }

  @Test
  void fieldsOfNewerVersionsArePassedOver() {
    byte[] line = new EntryWriter(Head.NONE, NOW, "a").add(Events.issued(1, "jane"));
    String newer =
        new String(line, StandardCharsets.UTF_8)
            .replace(",\"type\"", ",\"new\":{\"a\":[1]},\"more\":[2],\"number\":3,\"type\"");

    assertThat(new EntryReader().read(newer.getBytes(StandardCharsets.UTF_8)).event())
        .isEqualTo(Events.issued(1, "jane"));
  }

  @Test
  void typeOfNewerVersionsIsAnErrorThatSaysSo() {
    byte[] line = new EntryWriter(Head.NONE, NOW, "a").add(Events.issued(1, "jane"));
    String newer = new String(line, StandardCharsets.UTF_8).replace("issued", "banned");

    assertThatThrownBy(() -> new EntryReader().read(newer.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EntryException.class)
        .hasMessageContaining("use a newer one");
  }

  /** Whatever names are in certificates and logs; what is no Unicode becomes U+FFFD. */
  @Test
  void whateverIsWrittenIsRead() {
    Random random = new Random(9);
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "a");
    for (int i = 0; i < 3000; i++) {
      String[] groups = new String[random.nextInt(4)];
      Arrays.setAll(groups, n -> anyText(random));
      Event event =
          switch (i % 3) {
            case 0 -> Events.issued(i, anyText(random), groups);
            case 1 -> {
              Instant time =
                  Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_799_999L));
              yield new Seen(
                  Events.credentialId(i),
                  anyText(random),
                  List.of(groups),
                  anyText(random),
                  time,
                  time,
                  List.of(groups),
                  anyText(random));
            }
            default ->
                new Restriction(
                    EntryType.REVOKED,
                    new Target(Target.Kind.USER, anyText(random)),
                    null,
                    anyText(random));
          };

      byte[] line = writer.add(event);

      Event read = new EntryReader().read(line).event();
      assertThat(read.toString())
          .isEqualTo(event.toString().replaceAll("[\\ud800-\\udfff]", "\ufffd"));
    }
  }

  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append((char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0x10000)));
    }
    return text.toString();
  }

  @Test
  void timeThatNoReaderTakesIsRefused() {
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "a");
    for (String time : List.of("+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z")) {
      Restriction late =
          new Restriction(
              EntryType.REVOKED, new Target(Target.Kind.USER, "jane"), Instant.parse(time), "");

      assertThatThrownBy(() -> writer.add(late)).as(time).isInstanceOf(EntryException.class);
      assertThat(writer.head()).isEqualTo(Head.NONE);
    }
  }

  @Test
  void entryOfMoreThanEightMebibytesIsRefused() {
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "a");

    assertThatThrownBy(() -> writer.add(Events.issued(1, "x".repeat(9 << 20))))
        .isInstanceOf(EntryException.class)
        .hasMessageContaining("8388608");
    assertThat(writer.head()).isEqualTo(Head.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-24T09:37:12Z",
        "2026-11-24T09:37:12.345Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z"
      })
  void timesAreWrittenAsTheyWereRead(String text) {
    assertThat(Timestamps.format(Timestamps.parse(text))).isEqualTo(text);
  }

  @Test
  void timesOfTheKubernetesApiAreRead() {
    assertThat(Timestamps.parse("2026-11-24T09:37:12.345678Z"))
        .isEqualTo(Instant.parse("2026-11-24T09:37:12.345678Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-24",
        "2026-11-24T09:37:12+01:00",
        "2026-13-24T09:37:12Z",
        "2026-02-30T09:37:12Z",
        "2026-11-24T09:37:12.Z",
        "2026-11-24T09:37:1xZ",
        "2026-11-24 09:37:12Z",
        "2026-11-24T24:37:12Z"
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(EntryException.class);
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytesAreReadOrRefused(byte[] bytes) {
    try {
      EntryLine.of(bytes);
      new EntryReader().read(bytes);
    } catch (EntryException refused) {
      assertThat(refused).hasMessageNotContaining("null");
    }
  }
}
