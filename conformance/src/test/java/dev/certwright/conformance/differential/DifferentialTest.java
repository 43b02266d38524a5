package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The runs themselves, beside a program that answers as it is told. */
class DifferentialTest {
  private static final String NUMBER = "number";

  /** Asks for a number, and has something to say of it. */
  private interface Numbers extends Mode {
    @Override
    default String name() {
      return "yaml";
    }

    @Override
    default YamlMapping question(Random random) {
      return YamlMapping.builder()
          .put(NUMBER, Integer.toString(random.nextInt(10)))
          .put("needless", "x")
          .build();
    }
  }

  private static Differential.Result run(Mode mode, String answer, String... listed) {
    return run(mode, "while read -r line; do echo '" + answer + "'; done", 300, listed);
  }

  private static Differential.Result run(Mode mode, String shell, long enough, String... listed) {
    return Differential.run(
        mode,
        300,
        7,
        enough,
        List.of("sh", "-c", shell),
        Disagreements.of("yaml", Disagreements.rows(List.of(listed))));
  }

  @Test
  void every_mode_is_asked_in_each_run() {
    Set<String> all = new HashSet<>(Modes.OF_RBAC);
    all.add(Modes.X509);
    Modes.all().forEach(mode -> all.add(mode.name()));
    assertThat(Modes.OF_EACH_RUN.keySet()).isEqualTo(all);
  }

  @Test
  void words_that_are_no_options_are_refused_with_what_is_expected() {
    assertThat(Differential.Options.of("--mode", "yaml", "--cases", "7", "--seed", "-3"))
        .isEqualTo(new Differential.Options("yaml", 7, -3));
    assertThat(Differential.Options.of("--mode", "yaml"))
        .isEqualTo(new Differential.Options("yaml", 100_000, 1));
    for (String line :
        List.of(
            "--mode yaml --cases=1000000",
            "--mode yaml --case 7",
            "--mode yaml --cases",
            "--mode yaml --cases 1e6",
            "--mode yaml --cases 0",
            "--mode yaml --mode x509",
            "--mode ymal",
            "yaml",
            "")) {
      assertThatThrownBy(
              () -> Differential.Options.of(line.isEmpty() ? new String[0] : line.split(" ", -1)))
          .as(line)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected ")
          .hasMessageContaining("found ");
    }
  }

  @Test
  void failure_of_our_half_is_printed_with_mode_seed_case_and_a_small_question() {
    Numbers fails =
        new Numbers() {
          @Override
          public List<Difference> differences(YamlMapping question, YamlMapping answer) {
            if (Choices.text(question, NUMBER).equals("3")) {
              throw new IllegalStateException("three");
            }
            return List.of();
          }
        };
    Differential.Result result = run(fails, "{}");
    assertThat(result.agreed()).isFalse();
    assertThat(result.report())
        .containsPattern("--- yaml, seed 7, case \\d+: IllegalStateException in conformance")
        .contains("\n{\"number\":\"3\"}\njava.lang.IllegalStateException: three");
  }

  @Test
  void refusal_of_upstream_alone_is_made_small_and_told() {
    Numbers taken =
        new Numbers() {
          @Override
          public List<Difference> differences(YamlMapping question, YamlMapping answer) {
            return Choices.text(question, NUMBER).equals("3")
                ? List.of(new Difference("laxer", "upstream: " + Choices.text(answer, "error")))
                : List.of();
          }
        };
    assertThat(run(taken, "{\"error\":\"no\"}").report())
        .contains("laxer\n{\"number\":\"3\"}\nupstream: no\n")
        .doesNotContain("null");
  }

  @Test
  void
      collections_as_keys_in_each_of_two_files_are_the_listed_difference_and_beside_another_fault_are_not() {
    String question = "{\"files\":{\"a\":%s,\"b\":%s},\"precedence\":[\"a\",\"b\"]}";
    assertThat(kinds(question.formatted("\"{}:\\n\"", "\"? [x]\\n:\\n\"")))
        .containsExactly("collection-as-key");
    assertThat(kinds(question.formatted("\"users: 1\\n\"", "\"{}:\\n\"")))
        .containsExactly("load-error");
  }

  private static List<String> kinds(String question) {
    YamlMapping asked =
        (YamlMapping) YamlReader.strict().readJson("question", question.getBytes(UTF_8));
    return new KubeconfigMode()
        .differences(asked, YamlMapping.builder().build()).stream().map(Difference::kind).toList();
  }

  @Test
  void panic_of_upstream_is_a_finding_also_where_nothing_is_compared_or_it_is_listed() {
    Numbers notCompared =
        new Numbers() {
          @Override
          public boolean isCompared() {
            return false;
          }
        };
    assertThat(run(notCompared, "{}").report()).contains("not compared").doesNotContain("unwanted");
    assertThat(run(notCompared, "{\"panic\":\"out of order\"}").report())
        .contains("case 0: panic\n{}\nupstream: out of order")
        .contains("unwanted {panic=300}");
    Differential.Result listed =
        run(new Numbers() {}, "{\"panic\":\"out of order\"}", "yaml\tpanic\tReason.");
    assertThat(listed.agreed()).isFalse();
  }

  @Test
  void case_at_which_upstreams_program_ends_is_found() {
    Differential.Result result =
        run(
            new Numbers() {},
            "while read -r line; do case $line in *3*) exit 1 ;; esac; echo '{}'; done",
            300);
    assertThat(result.agreed()).isFalse();
    assertThat(result.report()).contains("no-answer\n{\"number\":\"3\"}\n");
  }

  @Test
  void listed_kind_that_does_not_occur_fails_a_run_only_if_enough_was_asked() {
    String answers = "while read -r line; do echo '{}'; done";
    Differential.Result enough = run(new Numbers() {}, answers, 300, "yaml\tlaxer\tReason.");
    assertThat(enough.agreed()).isFalse();
    assertThat(enough.report()).contains("but they agree: [laxer]");
    Differential.Result few = run(new Numbers() {}, answers, 301, "yaml\tlaxer\tReason.");
    assertThat(few.agreed()).isTrue();
    assertThat(few.report()).contains("in so few cases: [laxer]");
  }
}
