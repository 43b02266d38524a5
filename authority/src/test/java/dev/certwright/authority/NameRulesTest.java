package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameRulesTest {

  private static List<String> forbidden(NameRules rules, String user, String... groups) {
    return rules.check(user, List.of(groups), "").stream()
        .filter(finding -> finding.severity() == Severity.FORBIDDEN)
        .map(Finding::rule)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane",
        "jane@corp.com",
        "Jane Doe",
        "O'Neil",
        "jäger",
        "Йован",
        "Γιώργος",
        "名前",
        "田中さん",
        "김철수",
        "أحمد",
        "team/jane",
        "a,b",
        "x=y",
        "😀",
        "systemd:x",
        "ecosystem:x"
      })
  void ordinaryNamesPass(String name) {
    assertThat(forbidden(NameRules.STRICT, name, "devs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | name-empty",
        "' jane' | name-blanks",
        "'jane ' | name-blanks",
        "'ja\u0001ne' | name-control",
        "'ja\u007Fne' | name-control",
        "'ja\u0085ne' | name-control",
        "'\u202Ejane' | name-bidi",
        "'ja\u2066ne' | name-bidi",
        "'ja\u200Dne' | name-zero-width",
        "'ja\u00ADne' | name-zero-width",
        "'ja\uFEFFne' | name-zero-width",
        "'ja\u2028ne' | name-invisible",
        "'ja\u00A0ne' | name-invisible",
        "'ja\u3164ne' | name-invisible",
        "'ja\uE000ne' | name-invisible",
        "'ja\uFE0Fne' | name-invisible",
        "'p\u0430ypal' | name-mixed-script",
        "'jane\u03BF' | name-mixed-script",
        "'\u0430\u0441\u0435' | name-look-alike",
        "'\uFF4Aane' | name-look-alike",
        "'ja\u0308ne' | name-look-alike",
        "'/O=x/CN=y' | name-subject",
        "'/0=system:masters' | name-subject",
        "'O=devs,CN=jane' | name-subject",
        "'jane,o = devs' | name-subject",
        "'/emailAddress=a@b/CN=x' | name-subject",
        "'system:masters' | system-masters",
        "'/system:masters' | system-masters",
        "'a|system:masters' | system-masters",
        "'System:Masters' | system-masters",
        "'System:x' | system-name",
        "'x+O=system:masters' | name-subject",
        "'system:node:n1' | system-name",
        "'system:' | system-name",
      })
  void dangerousNamesAreRefusedAsUserAndAsGroup(String name, String rule) {
    assertThat(forbidden(NameRules.STRICT, name)).contains(rule);
    assertThat(forbidden(NameRules.STRICT, "jane", name)).contains(rule);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    assertThat(forbidden(NameRules.STRICT, "ja\uD800ne")).contains("name-invisible");
  }

  @Test
  void flagsLiftTheirOwnRuleOnly() {
    NameRules system = new NameRules(true, false, false);
    assertThat(forbidden(system, "system:node:n1", "system:nodes")).isEmpty();
    assertThat(forbidden(system, "jane", "system:masters")).containsExactly("system-masters");
    assertThat(forbidden(new NameRules(true, true, false), "jane", "system:masters")).isEmpty();
    assertThat(forbidden(new NameRules(false, false, true), "p\u0430ypal")).isEmpty();
    assertThat(forbidden(new NameRules(true, true, true), "ja\u200Bne")).isNotEmpty();
  }

  @Test
  void groupsAreCheckedForNumberAndRepetition() {
    assertThat(forbidden(NameRules.STRICT, "jane", "a", "b", "a")).containsExactly("group-twice");
    assertThat(NameRules.STRICT.check("jane", Collections.nCopies(501, "g"), "").get(0).rule())
        .isEqualTo("group-count");
    assertThat(forbidden(NameRules.STRICT, "x".repeat(1025))).containsExactly("name-length");
  }

  @Test
  void userThatIsAlsoAGroupIsPointedOut() {
    assertThat(NameRules.STRICT.check("devs", List.of("devs"), ""))
        .extracting(Finding::rule)
        .containsExactly("user-is-group");
  }

  @Test
  void everyRefusalSaysWhatToDo() {
    for (String name : new String[] {"", " a", "a\u0000", "system:masters", "system:x", "/O=a"}) {
      assertThat(NameRules.STRICT.check(name, List.of(), ""))
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding.advice()).isNotBlank());
    }
  }

  @ParameterizedTest
  @CsvSource({"90m,5400", "8h,28800", "30d,2592000", "2w,1209600", "1y,31536000"})
  void lifetimesAreReadInTheirUnits(String text, long seconds) {
    assertThat(Lifetime.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8", "h", "8x", "-8h", "8 h", "0h", "8.5h", "99999999999h", "1e3h", "８h"})
  void otherLifetimesAreRefused(String text) {
    Assertions.assertThatThrownBy(() -> Lifetime.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8h");
  }
}
