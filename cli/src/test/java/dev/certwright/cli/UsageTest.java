package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class UsageTest {
  @Test
  void folderThatIsNotEmptyIsLeftAloneByWhatPreparesFastStarts(@TempDir Path folder)
      throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "x");

    assertThat(ClassArchiveTraining.run(folder, false)).isFalse();
    assertThat(ClassArchiveTraining.run(kept, false)).isFalse();
    assertThat(kept).hasContent("x");
  }

  @TempDir Path folder;

  static Stream<CommandSpec> specs() {
    return Commands.all().stream().map(Command::spec);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void helpOfEveryCommandHasUsageOptionsAndAnExample(CommandSpec spec) {
    Run run =
        Run.certwright(
            Stream.concat(Stream.of(spec.name().split(" ", -1)), Stream.of("--help"))
                .toArray(String[]::new));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Usage: certwright " + spec.name()).contains("Examples:");
    assertThat(spec.examples()).isNotEmpty();
    for (OptionSpec option : spec.options()) {
      assertThat(run.out()).contains("--" + option.name());
    }
    assertThat(run.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
  }

  @Test
  void overviewListsEveryCommand() {
    Run run = Run.certwright("--help");

    assertThat(run.exitCode()).isZero();
    for (String name : Commands.names()) {
      assertThat(run.out()).contains("\n  " + name + " ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "isue jane | there is no command \"isue\" | did you mean certwright issue?",
        "ca | certwright ca needs a second word | use certwright ca init or certwright ca show",
        "issue jane --grup x | has no option --grup | see certwright issue --help",
        "issue jane --tll 8h | has no option --tll | did you mean --ttl?",
        "issue | needs USER | usage: certwright issue",
        "issue jane --ttl | --ttl needs a value | see certwright issue --help",
        "issue jane --ttl 8x | expected a lifetime such as | 8x",
        "issue jane --ttl 8h --ttl 9h | --ttl is given twice | give it once",
        "issue jane --key-type rsa-1024 | --key-type cannot be | use p-256",
        "issue jane --dry-run=yes | --dry-run takes no value | see",
        "issue jane --serial abc | --serial: expected a number | abc",
        "issue jane --cluster-name= | --cluster-name is empty | give NAME, or leave it out",
        "issue --from people.csv --cluster-name= | --cluster-name is empty | give NAME",
        "issue jane --csr ok.csr --key-file= | --key-file is empty | give FILE, or leave it out",
        "issue jane --csr ok.csr --key-file=~/rk.key | --key-file begins with ~ | write the path out",
        "issue jane --ledger= | --ledger is empty | give PLACE",
        "issue jane --out= | --out is empty | give DIR",
        "issue jane --out=~/clients | --out begins with ~ | ./~ is a file of that name",
        "issue jane --ca ~ | --ca begins with ~ | write the path out",
        "issue jane --server= | --server is empty | give URL",
        "issue jane --uid= | --uid is empty | give UID",
        "issue jane --csr= | --csr is empty | give FILE",
        "issue --from= | --from is empty | give FILE",
        "issue --from people.csv --key-file x | --key-file goes with --csr | needs no path",
        "list --user= | --user is empty | give USER",
        "can-i get pods --as= | --as is empty | give USER",
        "can-i get pods --context= | --context is empty | give NAME",
        "can-i get pods -f= | --filename is empty | give FILE",
        "revocations watch --published= | --published is empty | give FILE",
        "issue jane --ca-cert x | --ca-cert and --ca-key go together | give both",
        "inspect | needs FILE | usage:",
        "inspect /does/not/exist | does not exist | error",
        "completion csh | there is no completion | use bash, zsh or fish",
        "ca show --ca /does/not/exist | does not exist | error",
        "issue jane --ca /does/not/exist | there is no CA here | make one with certwright ca init",
      })
  void wrongUsageEndsWithTwoAndSaysWhatWouldBeRight(String words, String error, String hint) {
    Run run = Run.certwright(words.split(" ", -1));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: ").contains(error).contains(hint);
  }

  @Test
  void emptyNameOfAFileIsNotTheCurrentFolder() {
    for (String command : List.of("import", "inspect", "kubeconfig merge")) {
      Run run =
          Run.certwright(
              Stream.concat(Stream.of(command.split(" ", -1)), Stream.of(""))
                  .toArray(String[]::new));
      assertThat(run.exitCode()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(" is empty").contains("hint: usage: ");
    }
  }

  @Test
  void tildeOfAVariableIsNoFolderOfThatName() {
    Run run = Run.withInput("", Map.of("CERTWRIGHT_OUT", "~/clients"), "issue", "jane");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("CERTWRIGHT_OUT begins with ~");
  }

  @Test
  void noWordsAtAllShowTheOverviewOnStandardError() {
    Run run = Run.certwright();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("certwright demo");
  }

  @Test
  void controlCharactersOfTheCommandLineAreNotEchoed() {
    Run run = Run.certwright("\u001B[31mred");

    assertThat(run.err()).doesNotContain("\u001B").contains("\\u001b");
  }

  @Test
  void helpOfGroupListsItsCommandsWithAnExample() {
    for (String[] words : new String[][] {{"ca", "--help"}, {"ca", "-h"}, {"help", "ca"}}) {
      Run run = Run.certwright(words);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("usage: certwright ca COMMAND", "ca init", "ca show", "Examples:")
          .doesNotContain("kubeconfig merge");
    }
    assertThat(Run.certwright("kubeconfig", "--help").out()).contains("kubeconfig merge");
  }

  @Test
  void versionIsPrinted() {
    assertThat(Run.certwright("--version").out()).matches("certwright \\d+\\.\\d+\\.\\d+.*\n");
  }

  @Test
  void bashTakesTheCompletionAndCompletesCommandsAndChoices() throws IOException {
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, Run.certwright("completion", "bash").out());
    String ask =
        "source ./completion.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _certwright; echo"
            + " \"${COMPREPLY[*]}\"";

    assertThat(Shell.run(folder, "bash", "-c", String.format(ask, "certwright is", 1)).strip())
        .isEqualTo("issue");
    assertThat(Shell.run(folder, "bash", "-c", String.format(ask, "certwright ca ''", 2)).strip())
        .isEqualTo("init show");
    assertThat(
            Shell.run(
                    folder,
                    "bash",
                    "-c",
                    String.format(ask, "certwright issue --key-type rsa-4", 3))
                .strip())
        .isEqualTo("rsa-4096");
    assertThat(
            Shell.run(folder, "bash", "-c", String.format(ask, "certwright ca init --enc", 3))
                .strip())
        .isEqualTo("--encrypt");
  }

  @Test
  void zshAndFishCompletionsNameEveryCommand() {
    for (String shell : new String[] {"zsh", "fish"}) {
      String script = Run.certwright("completion", shell).out();
      assertThat(script).contains("issue").contains("inspect").contains("merge");
    }
  }

  @Test
  void manPagesAreWrittenForEveryCommand() throws IOException {
    Path man = folder.resolve("man1");

    assertThat(Run.certwright("man", man.toString()).exitCode()).isZero();

    try (Stream<Path> pages = Files.list(man)) {
      assertThat(pages).hasSize(Commands.names().size() + 1);
    }
    assertThat(Files.readString(man.resolve("certwright-issue.1")))
        .startsWith(".TH CERTWRIGHT-ISSUE 1")
        .contains("CERTWRIGHT_SERVER");
  }

  @Test
  void colourIsOnlyForTerminalsAndNeverWithNoColor() {
    Map<String, String> none = Map.of();
    java.io.PrintStream nowhere = new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
    java.io.InputStream empty = java.io.InputStream.nullInputStream();

    assertThat(new Console(empty, nowhere, nowhere, none, true, true).bold("x")).contains("\u001B");
    assertThat(new Console(empty, nowhere, nowhere, none, false, true).bold("x")).isEqualTo("x");
    assertThat(new Console(empty, nowhere, nowhere, Map.of("NO_COLOR", "1"), true, true).bad("x"))
        .isEqualTo("x");
  }
}
