package dev.certwright.revocation.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Head;
import dev.certwright.revocation.UnacceptableConfigurationException;
import org.junit.jupiter.api.Test;

/** Which list may take the place of which. */
final class OriginTest {
  private static final String NAME = "0123456789ab";
  private static final String HERE = "aa".repeat(32);
  private static final String ELSEWHERE = "bb".repeat(32);

  /** A ledger whose entry n has the hash of n, here or elsewhere. */
  private static SourceLedger ledger(long last, String hash) {
    return new SourceLedger(NAME, last, last == 0 ? "" : hash(last, hash));
  }

  private static String hash(long entry, String hash) {
    String number = Long.toString(entry);
    return number + hash.substring(number.length());
  }

  private static Origin atHand(long last) {
    return Origin.of(
        ledger(last, HERE),
        entry -> entry <= last ? new Head(entry, hash(entry, HERE)) : Head.NONE);
  }

  private static void assertTakesPlace(Origin origin, SourceLedger there) {
    assertThatCode(() -> origin.require("place", there)).doesNotThrowAnyException();
  }

  private static void assertRefused(Origin origin, SourceLedger there, String why) {
    assertThatThrownBy(() -> origin.require("place", there))
        .isInstanceOfSatisfying(
            UnacceptableConfigurationException.class,
            refused -> assertThat(refused.advice()).contains("--allow-other-ledger"))
        .hasMessageContaining(why);
    assertTakesPlace(origin.replacingAny(), there);
  }

  @Test
  void ledger_with_all_entries_of_the_one_before_takes_its_place() {
    for (long there = 0; there <= 5; there++) {
      assertTakesPlace(atHand(5), ledger(there, HERE));
      assertTakesPlace(Origin.carried(ledger(5, HERE)), ledger(there, HERE));
    }
  }

  @Test
  void older_copy_is_refused() {
    for (long own = 0; own < 5; own++) {
      assertRefused(atHand(own), ledger(5, HERE), "reaches to entry " + own);
      assertRefused(Origin.carried(ledger(own, HERE)), ledger(5, HERE), "a copy from before?");
    }
  }

  @Test
  void copy_that_went_on_by_itself_is_refused_however_long_it_is() {
    for (long own = 5; own < 9; own++) {
      assertRefused(atHand(own), ledger(5, ELSEWHERE), "another entry 5");
    }
    assertRefused(Origin.carried(ledger(5, HERE)), ledger(5, ELSEWHERE), "another entry 5");
  }

  @Test
  void another_ledger_is_refused_and_so_is_none() {
    SourceLedger there = new SourceLedger("ffffffffffff", 1, HERE);

    assertRefused(atHand(5), there, "from the ledger ffffffffffff, and this one is " + NAME);
    assertRefused(Origin.NONE, there, "this one is empty");
    assertRefused(Origin.NONE, there.nameAlone(), "this one is empty");
  }

  @Test
  void what_does_not_say_how_far_it_reaches_is_known_by_its_name_alone() {
    assertTakesPlace(atHand(0), ledger(0, HERE));
    assertTakesPlace(atHand(5), ledger(0, HERE));
    assertTakesPlace(atHand(5), SourceLedger.NONE);
    assertTakesPlace(Origin.NONE, SourceLedger.NONE);
  }

  @Test
  void what_is_written_is_read_again_and_what_is_not_ours_is_none() {
    for (SourceLedger one : new SourceLedger[] {ledger(0, HERE), ledger(123_456, HERE)}) {
      assertThat(SourceLedger.in("x\n  # y: " + one.words() + "\nmore", "# y")).isEqualTo(one);
      assertThat(SourceLedger.of(one.identity())).isEqualTo(one);
    }
    assertThat(SourceLedger.in("# y: " + SourceLedger.NONE.words(), "# y"))
        .isEqualTo(SourceLedger.NONE);
    for (String odd :
        new String[] {"", "ledger ", "ledger x", "Ledger " + NAME, " ledger " + NAME}) {
      assertThat(SourceLedger.of(odd)).as(odd).isEqualTo(SourceLedger.NONE);
    }
    String begin = "ledger " + NAME;
    for (String odd :
        new String[] {
          " up to entry ",
          " up to entry 5",
          " up to entry x " + HERE,
          " up to entry 5 " + HERE.substring(1),
          " up to entry 5 " + HERE + "a",
          " up to entry 1234567890123456789 " + HERE
        }) {
      assertThat(SourceLedger.of(begin + odd)).as(odd).isEqualTo(ledger(0, HERE));
    }
  }
}
