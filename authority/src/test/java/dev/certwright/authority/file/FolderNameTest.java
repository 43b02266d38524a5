package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderNameTest {
  private static final Set<String> WINDOWS_DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6",
          "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
          "lpt8", "lpt9", "conin$", "conout$", "clock$");

  @Test
  void manyNamesGetSafeFoldersThatNoFileSystemTakesForOne() {
    Map<String, String> userOfFolder = new HashMap<>();
    Random random = new Random(3);
    String[] parts = {
      "jane",
      "Jane",
      "JANE",
      ".",
      "..",
      "/",
      "\\",
      "-",
      "~",
      "@",
      "+",
      "_",
      " ",
      "a",
      "ä",
      "a\u0308",
      "\uFB01",
      "fi",
      "名",
      "Й",
      "И\u0306",
      "ß",
      "ss",
      "SS",
      "ſ",
      "İ",
      "ı",
      "K",
      "\u212A",
      "con",
      "COM1",
      "nul",
      "lpt9",
      "0",
      ":",
      "*",
      "?",
      "\"",
      "<",
      ">",
      "|",
      "\u0000",
      "\n",
      "\uD83D\uDE00",
      "\uD800",
      "\uDC00",
      "?",
      "%2e",
      "$",
      "'",
      "`",
      "user",
      "x".repeat(60),
      "y".repeat(200)
    };
    List<String> users = new ArrayList<>(List.of(parts));
    users.add("");
    for (int i = 0; i < 60_000; i++) {
      StringBuilder user = new StringBuilder();
      for (int n = random.nextInt(5); n >= 0; n--) {
        user.append(parts[random.nextInt(parts.length)]);
      }
      users.add(user.toString());
    }
    for (String user : users) {
      String folder = FolderName.of(user);
      assertSafe(folder);
      String other = userOfFolder.put(asLaxFileSystemsSeeIt(folder), user);
      if (other != null) {
        assertThat(other).isEqualTo(user);
      }
    }
  }

  /** The name of one user's folder must not be had by being called like it. */
  @Test
  void foldersOfFoldersAreOthersAgain() {
    Set<String> seen = new java.util.HashSet<>();
    for (String user : List.of("Jane", "team/jane", "", "..", "CON", "名前")) {
      String folder = FolderName.of(user);
      for (int i = 0; i < 5; i++) {
        assertThat(seen.add(folder)).isTrue();
        folder = FolderName.of(folder);
      }
    }
  }

  private static void assertSafe(String folder) {
    assertThat(folder).isNotEmpty().matches("[a-z0-9][a-z0-9._@+~-]*");
    assertThat(folder.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(100);
    assertThat(folder).doesNotEndWith(".").doesNotEndWith(" ");
    int dot = folder.indexOf('.');
    assertThat(WINDOWS_DEVICES)
        .as(folder)
        .doesNotContain(dot < 0 ? folder : folder.substring(0, dot));
  }

  private static String asLaxFileSystemsSeeIt(String folder) {
    return Normalizer.normalize(folder, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane",
        "jane@corp.com",
        "jane.doe",
        "j",
        "0",
        "jane-doe_2+x",
        "robot.ci@x.example",
        "null",
        "com10",
        "conx",
        "auxiliary",
        "con-1"
      })
  void ordinaryNamesAreTheirOwnFolders(String user) {
    assertThat(FolderName.of(user)).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource({
    "Jane, jane~",
    "team/jane, team-jane~",
    "system:node:n1, system-node-n1~",
    "., user~",
    ".., user~",
    "../../etc/passwd, etc-passwd~",
    "jane., jane~",
    "con, user-con~",
    "Con, user-con~",
    "aux.txt, user-aux.txt~",
    "LPT1.x.y, user-lpt1.x.y~",
    "名前, user~",
    "jane 名前, jane~",
    "Ольга, olga~",
    "Müller, muller~",
    "Αλέξανδρος, alexandros~",
    "Łukasz.Żak, lukasz.zak~",
    "Straße, strasse~",
    "'  ', user~",
  })
  void otherNamesStayReadable(String user, String readable) {
    assertThat(FolderName.of(user)).startsWith(readable).hasSize(readable.length() + 16);
  }

  @Test
  void longNamesAreCutAndStayDifferent() {
    String hundred = "x".repeat(100);

    assertThat(FolderName.of(hundred)).isEqualTo(hundred);
    assertThat(FolderName.of(hundred + "x")).startsWith("x".repeat(60) + "~").hasSize(77);
    assertThat(FolderName.of(hundred + "x")).isNotEqualTo(FolderName.of(hundred + "xx"));
    assertThat(FolderName.of("名".repeat(1_000_000))).hasSize(21);
  }

  @Test
  void nameIsTheSameOnEveryMachineAndInEveryVersion() {
    assertThat(FolderName.of("Jane")).isEqualTo("jane~j4rxtdmsocbvtnzu");
  }
}
