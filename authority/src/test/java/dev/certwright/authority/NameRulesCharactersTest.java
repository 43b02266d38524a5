package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for names, over all of Unicode. */
final class NameRulesCharactersTest {

  private static List<String> forbidden(String user) {
    return forbidden(NameRules.STRICT, user);
  }

  private static List<String> forbidden(NameRules rules, String user) {
    List<String> found = new ArrayList<>();
    for (Finding finding : rules.check(user, List.of(), "")) {
      if (finding.severity() == Severity.FORBIDDEN) {
        found.add(finding.rule());
      }
    }
    return found;
  }

  /** Default_Ignorable_Code_Point of the Unicode Character Database, version 15.1, as ranges. */
  private static final int[][] IGNORABLE = {
    {0x00AD, 0x00AD},
    {0x034F, 0x034F},
    {0x061C, 0x061C},
    {0x115F, 0x1160},
    {0x17B4, 0x17B5},
    {0x180B, 0x180F},
    {0x200B, 0x200F},
    {0x202A, 0x202E},
    {0x2060, 0x206F},
    {0x3164, 0x3164},
    {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFF8},
    {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
  };

  @Test
  void everyCharacterThatUnicodeCallsIgnorableIsRefusedWhateverIsAllowed() {
    NameRules lax = new NameRules(true, true, true);
    for (int[] range : IGNORABLE) {
      for (int c = range[0]; c <= range[1]; c++) {
        assertThat(forbidden(lax, "ja" + Character.toString(c) + "ne"))
            .as("U+%04X", c)
            .isNotEmpty();
      }
    }
  }

  @Test
  void everyControlBlankAndUnassignedCharacterIsRefusedWhateverIsAllowed() {
    NameRules lax = new NameRules(true, true, true);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      switch (Character.getType(c)) {
        case Character.CONTROL,
            Character.FORMAT,
            Character.SURROGATE,
            Character.PRIVATE_USE,
            Character.UNASSIGNED,
            Character.LINE_SEPARATOR,
            Character.PARAGRAPH_SEPARATOR -> {
          if (c % 7 == 0 || c < 0x10000) {
            assertThat(forbidden(lax, "ja" + Character.toString(c) + "ne"))
                .as("U+%04X", c)
                .isNotEmpty();
          }
        }
        case Character.SPACE_SEPARATOR ->
            assertThat(forbidden(lax, "ja" + Character.toString(c) + "ne").isEmpty())
                .as("U+%04X", c)
                .isEqualTo(c == ' ');
        default -> {}
      }
    }
  }

  @Test
  void whatIsSaidAboutANameNeverReachesATerminalRaw() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        name.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(0x80);
              case 1 -> random.nextInt(0x3000);
              case 2 -> random.nextInt(0x10000);
              default -> random.nextInt(0x110000);
            });
      }
      for (Finding finding :
          NameRules.STRICT.check(name.toString(), List.of(name + "x"), name + "y")) {
        (finding.found() + finding.advice())
            .codePoints()
            .forEach(c -> assertThat(SafeText.isPrintable(c)).as("U+%04X", c).isTrue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Every script alone, and the mixtures that are normal in it.
        "ジェーン",
        "田中ゆき",
        "김민준",
        "李雷",
        "李雷2",
        "Дмитрий",
        "Ελένη",
        "שרה",
        "محمد",
        "नेहा",
        "สมชาย",
        "Jürgen",
        "Łukasz",
        "Nguyễn",
        "İlker",
        "Þór",
        "Ñusta",
        "jane2",
        "jane_doe-2.x",
        "Lee 李",
        "田中tanaka",
        "김kim",
      })
  void namesOfAllAlphabetsPass(String name) {
    assertThat(forbidden(java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "system\uA789masters, name-look-alike",
    "system\u02D0masters, name-look-alike",
    "system\u2236masters, name-look-alike",
    "system\u0589masters, name-look-alike",
    "system\u05C3masters, name-look-alike",
    "system\uFF1Amasters, name-look-alike",
    "team\u2215jane, name-look-alike",
    "team\u2044jane, name-look-alike",
    "team\u29F8jane, name-look-alike",
    "jane\u2010doe, name-look-alike",
    "jane\u2013doe, name-look-alike",
    "jane\u2212doe, name-look-alike",
    "jane\u2024doe, name-look-alike",
    "jane\uFE6Bcorp, name-look-alike",
    "j\u0251ne, name-look-alike",
    "ja\u0578e, name-mixed-script",
    "ja\u13A1e, name-mixed-script",
    "\u0455\u0443\u0455\u0442\u0435\u043C, ''",
    "\u0441\u0430\u0440\u0435, name-look-alike",
    "\u03C1\u03BF\u03C5, name-look-alike",
    "\uD835\uDC23ane, name-look-alike",
    "\u0501\u0435\u0475\u0455, name-look-alike",
    "\u0440\u0430\u0443\u0440\u0430\u04CF, name-look-alike",
    "\u0430\u04CF\u0435, name-look-alike",
    "\u13AA\u13AC, name-look-alike",
    "\uA4D0\uA4D1, name-look-alike",
    "\u0585\u0570, name-look-alike",
    "\u0566\u057D\u0561-1, name-look-alike",
    "\uD801\uDC20\uD801\uDC2C, name-look-alike",
    "jane\u00D7, name-look-alike",
    "\u1D04arol, name-look-alike",
    "\u0131\u015F\u0131k, ''",
    "\u00C6sir, ''",
    "\u0570\u0561\u0575\u0578\u0581, ''",
    "\u13E3\u13B3\u13A9, ''",
    "\u2170i, name-look-alike",
    "jane\u00B2, name-look-alike",
    "\u212Aim, name-look-alike",
  })
  void namesThatLookLikeOthersAreRefused(String name, String rule) {
    assertThat(forbidden(name)).isEqualTo(rule.isEmpty() ? List.of() : List.of(rule));
    assertThat(forbidden(new NameRules(false, false, true), name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/0=system:masters",
        "/O=system:masters",
        "O=system:masters",
        "o=system:masters",
        "/CN=jane",
        "CN=jane",
        "cn = jane",
        "jane/O=devs",
        "jane,O=devs",
        "jane, 0=devs",
        "/O=x/CN=y",
        "/C=DE/O=x",
        "/OU=x",
        "DC=a,DC=b",
        "UID=7",
        "/ST=x/L=y",
        "/emailAddress=a@b",
        "/serialNumber=1",
        "2.5.4.3=jane",
        "OID.2.5.4.3=jane",
        "/1.3.6.1.4.1.57683.2=42",
        "O=x+CN=y",
        "x+O=y",
        "x;O=y",
      })
  void whatLooksLikeAnOpensslSubjectIsRefused(String name) {
    assertThat(forbidden(name)).containsExactly("name-subject");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x=y", "=", "a/b", "key=O", "1=2", "team=x/y", "OO=x", "/=", "a,b", "v1.2=x"})
  void equalSignsAloneDoNotMakeASubject(String name) {
    assertThat(forbidden(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "system:masters, system-masters",
    "system:, system-name",
    "system:admin, system-name",
    "system:serviceaccount:ns:n, system-name",
    "system:authenticated, system-name",
  })
  void kubernetesOwnNamesAreRefusedEverywhere(String name, String rule) {
    assertThat(forbidden(name)).containsExactly(rule);
    assertThat(NameRules.STRICT.check("jane", List.of(name), ""))
        .extracting(Finding::rule)
        .containsExactly(rule);
  }

  @Test
  void uidIsHeldToTheSameCharacters() {
    assertThat(NameRules.STRICT.check("jane", List.of(), "a\u200Bb"))
        .extracting(Finding::rule)
        .containsExactly("name-zero-width");
    assertThat(NameRules.STRICT.check("jane", List.of(), "system:masters")).isEmpty();
    assertThat(NameRules.STRICT.check("jane", List.of(), "")).isEmpty();
  }

  @Test
  void lengthsAreCountedAtTheirBounds() {
    assertThat(NameRules.STRICT.check("x".repeat(64), List.of(), "")).isEmpty();
    assertThat(NameRules.STRICT.check("x".repeat(65), List.of(), ""))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("name-long");
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            });
    assertThat(NameRules.STRICT.check("名".repeat(64), List.of(), "")).isEmpty();
    assertThat(forbidden("x".repeat(1024))).isEmpty();
    assertThat(forbidden("x".repeat(1025))).containsExactly("name-length");
    assertThat(forbidden("\u200B".repeat(1_000_000))).containsExactly("name-length");
  }

  @Test
  void eachOfManyFaultsIsSaid() {
    assertThat(NameRules.STRICT.check("u ", List.of("", "a", "a", " b", "system:x"), "\u202E"))
        .extracting(Finding::rule)
        .containsExactly(
            "name-blanks", "name-empty", "group-twice", "name-blanks", "system-name", "name-bidi");
  }
}
