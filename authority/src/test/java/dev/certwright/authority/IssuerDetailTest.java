package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IssuerDetailTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CertificateAuthority CA =
      new NewAuthority("ca", Duration.ofDays(3650)).create(KEY, BigInteger.ONE, START);
  private static final Issuer STRICT = new Issuer(CA, IssuancePolicy.STRICT);

  private static IssuanceRequest request(Duration lifetime, @Nullable BigInteger serialNumber) {
    return new IssuanceRequest("jane", List.of("devs"), "", lifetime, serialNumber);
  }

  @Test
  void whatIsSaidOfTheCaIsTrueAtTheTimeThatIsAskedAbout() {
    Issuer issuer = new Issuer(CA, IssuancePolicy.STRICT);
    Instant ended = START.plus(Duration.ofDays(3651));
    IssuanceRequest jane = request(Duration.ofHours(1), null);

    for (int round = 0; round < 2; round++) {
      assertThat(issuer.plan(jane, START.plus(Duration.ofDays(1))).findings()).isEmpty();
      assertThatThrownBy(() -> issuer.plan(jane, ended)).isInstanceOf(RefusedException.class);
    }
  }

  /** What the plan shows and what kube-apiserver reads out of the certificate are the same. */
  @Test
  void planShowsWhomKubeApiserverWillSee() {
    Random random = new Random(6);
    Issuer lax =
        new Issuer(CA, new IssuancePolicy(new NameRules(true, true, true), Duration.ofDays(400)));
    Instant now = START.plus(Duration.ofDays(1));
    String[] words = {"a", "B", "ü", "名", "x y", "system:masters", "a@b", "1", "Йо", "😀"};
    for (int i = 0; i < 300; i++) {
      List<String> groups = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        groups.add(words[random.nextInt(words.length)] + n);
      }
      IssuancePlan plan =
          lax.plan(
              new IssuanceRequest(
                  words[random.nextInt(words.length)],
                  groups,
                  random.nextBoolean() ? "" : words[random.nextInt(words.length)],
                  Duration.ofHours(1),
                  null),
              now);
      Certificate certificate = lax.sign(plan, KEY.publicKey());
      Identity seen = java.util.Objects.requireNonNull(SubjectIdentity.of(certificate).identity());

      assertThat(seen.name()).isEqualTo(plan.identity().name());
      assertThat(seen.groups()).isEqualTo(plan.identity().groups());
      assertThat(seen.uid()).isEqualTo(plan.identity().uid());
      assertThat(certificate.validity()).isEqualTo(plan.validity());
      assertThat(certificate.serialNumber()).isEqualTo(plan.serialNumber());
      assertThat(certificate.subject()).isEqualTo(plan.subject());
      assertThat(certificate.isSignedBy(CA.certificate())).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT9M59S, false",
    "PT10M, true",
    "P400D, true",
    "P400DT1S, false",
    "PT0S, false",
    "PT-1H, false",
  })
  void lifetimesAreHeldAtTheirBounds(Duration lifetime, boolean allowed) {
    Instant now = START.plus(Duration.ofDays(1));
    if (allowed) {
      assertThat(STRICT.plan(request(lifetime, BigInteger.TEN), now).validity().notAfter())
          .isEqualTo(now.plus(lifetime));
    } else {
      assertThatThrownBy(() -> STRICT.plan(request(lifetime, BigInteger.TEN), now))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("lifetime");
    }
  }

  @Test
  void timesAreWholeSecondsWhateverTheClockAndTheLifetimeSay() {
    Instant now = START.plus(Duration.ofDays(1)).plusNanos(999_999_999);
    IssuancePlan plan = STRICT.plan(request(Duration.ofMillis(3_600_999), BigInteger.TEN), now);

    assertThat(plan.validity().notBefore())
        .isEqualTo(START.plus(Duration.ofDays(1)).minus(Duration.ofMinutes(5)));
    assertThat(plan.validity().notAfter())
        .isEqualTo(START.plus(Duration.ofDays(1)).plus(Duration.ofHours(1)));
    assertThat(STRICT.sign(plan, KEY.publicKey()).validity()).isEqualTo(plan.validity());
  }

  @Test
  void lastMomentOfTheCaIsWhereEveryCertificateEnds() {
    Instant last = CA.certificate().validity().notAfter();
    IssuancePlan exact =
        STRICT.plan(request(Duration.ofDays(1), BigInteger.TEN), last.minus(Duration.ofDays(1)));
    IssuancePlan over =
        STRICT.plan(
            request(Duration.ofDays(1), BigInteger.TEN),
            last.minus(Duration.ofDays(1)).plusSeconds(1));

    assertThat(exact.clippedByAuthority()).isFalse();
    assertThat(over.clippedByAuthority()).isTrue();
    assertThat(over.validity().notAfter()).isEqualTo(last);
  }

  @Test
  void certificateThatTheCaWouldCutBelowTheMinimumIsRefused() {
    Instant last = CA.certificate().validity().notAfter();

    assertThatThrownBy(
            () ->
                STRICT.plan(
                    request(Duration.ofDays(1), BigInteger.TEN), last.minus(Duration.ofMinutes(9))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("expires in 9 min");
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "730750818665451459101842416358141509827966271487, true",
    "730750818665451459101842416358141509827966271488, false",
    "0, false",
    "-1, false",
  })
  void serialNumbersThatAreAskedForAreHeldToRfc5280(BigInteger serialNumber, boolean allowed) {
    Instant now = START.plus(Duration.ofDays(1));
    IssuanceRequest request = request(Duration.ofHours(1), serialNumber);
    if (allowed) {
      assertThat(STRICT.sign(STRICT.plan(request, now), KEY.publicKey()).serialNumber())
          .isEqualTo(serialNumber);
    } else {
      assertThatThrownBy(() -> STRICT.plan(request, now))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused ->
                  assertThat(refused.findings())
                      .extracting(Finding::rule)
                      .contains("serial-number"));
    }
  }

  @Test
  void authorityKeyIdentifierIsTheOneTheCaHasEvenIfItIsUnusual(
      @org.junit.jupiter.api.io.TempDir java.nio.file.Path temporary) {
    TestFolder folder = new TestFolder(temporary);
    folder.write(
        "cnf",
        "[req]\ndistinguished_name=none\nx509_extensions=e\n[none]\n[e]\n"
            + "basicConstraints=critical,CA:TRUE\n");
    Certificate ca =
        folder.root("ca", "/CN=ca", "-config cnf -days 30 -addext subjectKeyIdentifier=0102030405");
    Certificate none =
        folder.root("none", "/CN=none", "-config cnf -days 30 -addext subjectKeyIdentifier=none");
    for (Certificate one : List.of(ca, none)) {
      String name = one.equals(ca) ? "ca" : "none";
      Issuer issuer =
          new Issuer(
              CertificateAuthority.of(List.of(one), folder.key(name + ".key")),
              IssuancePolicy.STRICT);
      Certificate leaf =
          issuer.sign(
              issuer.plan(
                  new IssuanceRequest("jane", List.of(), "", Duration.ofHours(1), null),
                  Instant.now()),
              KEY.publicKey());
      byte[] own = one.extensions().subjectKeyIdentifier();

      assertThat(leaf.extensions().authorityKeyIdentifier())
          .isEqualTo(own == null ? one.publicKey().keyIdentifier() : own);
      folder.write("c", leaf);
      assertThat(folder.openssl("verify -CAfile " + name + " -purpose sslclient c")).contains("OK");
    }
  }

  @Test
  void plansOfSeveralThreadsDoNotDisturbEachOther() throws Exception {
    Instant now = START.plus(Duration.ofDays(1));
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    java.util.Set<BigInteger> serials = java.util.concurrent.ConcurrentHashMap.newKeySet();
    for (int t = 0; t < 4; t++) {
      String user = "user" + t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 100; i++) {
                  IssuancePlan plan =
                      STRICT.plan(
                          new IssuanceRequest(user, List.of(), "", Duration.ofHours(1), null), now);
                  Certificate certificate = STRICT.sign(plan, KEY.publicKey());
                  assertThat(certificate.subject().toString()).isEqualTo("CN=" + user);
                  assertThat(certificate.isSignedBy(CA.certificate())).isTrue();
                  assertThat(serials.add(certificate.serialNumber())).isTrue();
                }
              });
      thread.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(serials).hasSize(400);
  }
}
