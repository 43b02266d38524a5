package dev.certwright.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Something else is signed than was ordered: what Certwright makes of one order is held against
 * another one and upstream's recorded answer to that.
 */
class CsrSignModeTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final CsrSignMode mode = new CsrSignMode();

  private record Recorded(YamlMapping question, CsrSignOrder order, YamlMapping answer) {}

  /** The first of those that both sign whose order is such a one. */
  private Recorded recorded(Predicate<CsrSignOrder> wanted) throws IOException {
    List<String> lines = RecordedAnswersTest.lines(mode.name());
    for (int i = 0; i < lines.size(); i += 2) {
      YamlMapping question = Differential.parse(lines.get(i));
      CsrSignOrder order = CsrSignOrder.of(question);
      Recorded recorded = new Recorded(question, order, Differential.parse(lines.get(i + 1)));
      if (wanted.test(order) && kinds(recorded, order).contains("added-2.5.29.14")) {
        return recorded;
      }
    }
    throw new AssertionError("none of the recorded questions is such a one");
  }

  private List<String> kinds(Recorded recorded, CsrSignOrder made) {
    return CsrSignMode.differences(
            recorded.order, mode.ours(recorded.question, made), recorded.answer)
        .stream()
        .map(Difference::kind)
        .toList();
  }

  private static CsrSignOrder order(
      CsrSignOrder like, String user, List<String> groups, String uid, Duration life) {
    return new CsrSignOrder(user, groups, uid, life, like.now(), like.authority(), like.file());
  }

  @Test
  void another_user_than_was_ordered_is_a_finding() throws IOException {
    Recorded recorded = recorded(order -> true);
    CsrSignOrder order = recorded.order;
    assertThat(kinds(recorded, order)).doesNotContain("subject-not-ordered");
    assertThat(
            kinds(
                recorded, order(order, "system:admin", order.groups(), order.uid(), order.life())))
        .contains("subject-not-ordered");
  }

  @Test
  void group_that_is_lost_or_in_another_place_is_a_finding() throws IOException {
    Recorded recorded = recorded(order -> order.groups().size() > 1);
    CsrSignOrder order = recorded.order;
    List<String> groups = new ArrayList<>(order.groups());
    groups.add(groups.remove(0));
    assertThat(kinds(recorded, order(order, order.user(), groups, order.uid(), order.life())))
        .contains("subject-not-ordered");
    groups.remove(0);
    assertThat(kinds(recorded, order(order, order.user(), groups, order.uid(), order.life())))
        .contains("subject-not-ordered");
  }

  @Test
  void uid_that_nobody_ordered_is_a_finding() throws IOException {
    Recorded recorded = recorded(order -> order.uid().isEmpty());
    CsrSignOrder order = recorded.order;
    assertThat(kinds(recorded, order(order, order.user(), order.groups(), "1", order.life())))
        .contains("subject-not-ordered");
  }

  @Test
  void five_minutes_too_many_are_a_finding_whatever_the_life() throws IOException {
    for (Predicate<CsrSignOrder> wanted :
        List.<Predicate<CsrSignOrder>>of(
            order -> order.life().compareTo(HOUR.multipliedBy(8)) < 0,
            order -> order.life().compareTo(HOUR.multipliedBy(8)) >= 0)) {
      Recorded recorded =
          recorded(
              order ->
                  wanted.test(order)
                      && order.now().plus(order.life()).plus(HOUR).isBefore(order.authorityEnd()));
      CsrSignOrder order = recorded.order;
      assertThat(kinds(recorded, order)).doesNotContain("not-after");
      assertThat(
              kinds(
                  recorded,
                  order(
                      order,
                      order.user(),
                      order.groups(),
                      order.uid(),
                      order.life().plus(FIVE_MINUTES))))
          .contains("not-after");
    }
  }

  @Test
  void refusal_whose_reason_is_not_in_the_order_is_a_finding() throws IOException {
    Recorded recorded = recorded(order -> !order.groups().isEmpty());
    CsrSignOrder order = recorded.order;
    String group = order.groups().get(0);
    Duration life = order.life();
    assertThat(kinds(recorded, order(order, " x", order.groups(), "", life)))
        .containsExactly("refused-name-blanks");
    assertThat(kinds(recorded, order(order, order.user(), List.of(group, group), "", life)))
        .containsExactly("refused-group-twice");
    assertThat(
            kinds(
                recorded,
                order(order, order.user(), order.groups(), "", CsrSignOrder.CEILING.plus(HOUR))))
        .containsExactly("refused-lifetime");
    assertThat(
            kinds(
                recorded,
                new CsrSignOrder(
                    order.user(),
                    order.groups(),
                    "",
                    life,
                    order.authorityStart().minus(HOUR),
                    order.authority(),
                    order.file())))
        .containsExactly("refused-ca-not-yet-valid");
  }

  @Test
  void certificate_for_an_order_that_has_a_reason_to_be_refused_is_a_finding() throws IOException {
    Recorded recorded = recorded(order -> true);
    CsrSignOrder order = recorded.order;
    CsrSignOrder bad = order(order, " x", order.groups(), order.uid(), order.life());
    assertThat(
            CsrSignMode.differences(bad, mode.ours(recorded.question, order), recorded.answer)
                .stream()
                .map(Difference::kind))
        .contains("signed-in-spite-of-name");
  }
}
