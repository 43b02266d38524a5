package dev.certwright.cli.account;

import dev.certwright.ledger.CertificateStatus;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/**
 * How many certificates end when: bars of a day, a week or a month each, whichever keeps them few
 * enough to be told apart, from today on. What ends later than the last bar is counted in {@link
 * #later()}.
 */
final class ExpiryTimeline {
  private static final int MOST_BARS = 60;
  private static final int HEIGHT = 180;
  private static final int BASE = 150;

  /** Room for half a date beside the first and the last bar. */
  private static final int MARGIN = 32;

  private enum Step {
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String label;

    Step(String label) {
      this.label = label;
    }

    LocalDate start(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    LocalDate next(LocalDate start) {
      return switch (this) {
        case DAY -> start.plusDays(1);
        case WEEK -> start.plusWeeks(1);
        case MONTH -> start.plusMonths(1);
      };
    }
  }

  private final Step step;
  private final List<LocalDate> starts = new ArrayList<>();
  private final int[] counts;
  private int later;

  ExpiryTimeline(List<CertificateStatus> certificates, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate last = today;
    for (CertificateStatus one : certificates) {
      LocalDate end = end(one, today);
      last = end.isAfter(last) ? end : last;
    }
    long days = ChronoUnit.DAYS.between(today, last);
    step = days < MOST_BARS ? Step.DAY : days < 7L * MOST_BARS ? Step.WEEK : Step.MONTH;
    LocalDate start = step.start(today);
    while (starts.size() < MOST_BARS && (starts.isEmpty() || !start.isAfter(last))) {
      starts.add(start);
      start = step.next(start);
    }
    counts = new int[starts.size()];
    for (CertificateStatus one : certificates) {
      if (one.notAfter() != null) {
        count(end(one, today));
      }
    }
  }

  private static LocalDate end(CertificateStatus one, LocalDate otherwise) {
    return one.notAfter() == null ? otherwise : LocalDate.ofInstant(one.notAfter(), ZoneOffset.UTC);
  }

  private void count(LocalDate end) {
    LocalDate start = step.start(end);
    int at = starts.indexOf(start);
    if (at >= 0) {
      counts[at]++;
    } else if (start.isAfter(starts.get(starts.size() - 1))) {
      later++;
    }
  }

  /** How many end after the last bar. */
  int later() {
    return later;
  }

  /** What one bar stands for. */
  String step() {
    return step.label;
  }

  /**
   * As SVG, in the page's own colours; each bar says its number when it is pointed at.
   *
   * @param screen its class, by which a page shows the one that fits
   * @param width of all bars together
   */
  void append(Html html, String screen, int width) {
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    boolean told = false;
    double slot = (double) width / counts.length;
    double bar = Math.min(28, slot * 0.7);
    html.raw("<svg class=\"" + screen + "\" viewBox=\"" + -MARGIN + " 0 " + (width + 2 * MARGIN));
    html.raw(" " + HEIGHT + "\" role=\"img\" aria-label=\"");
    html.text("Certificates that end in each " + step.label).raw("\">");
    html.raw("<line class=\"axis\" x1=\"0\" x2=\"" + width + "\" y1=\"" + BASE + "\" y2=\"" + BASE);
    html.raw("\"/>");
    int everyLabel = Math.max(1, (int) Math.ceil(70 / slot));
    for (int i = 0; i < counts.length; i++) {
      double middle = slot * i + slot / 2;
      if (counts[i] > 0) {
        double height = Math.max(2, 120.0 * counts[i] / most);
        html.raw("<g><title>").text(starts.get(i) + ": " + counts[i]).raw("</title>");
        html.raw("<rect class=\"bar\" x=\"" + round(middle - bar / 2) + "\" y=\"");
        html.raw(round(BASE - height) + "\" width=\"" + round(bar) + "\" height=\"");
        html.raw(round(height) + "\"/>");
        // Where not all numbers fit, the first of the highest bars tells how high they are.
        boolean highest = counts[i] == most && !told;
        told |= highest;
        if (slot >= 14 || highest) {
          html.raw("<text class=\"count\" x=\"" + round(middle) + "\" y=\"");
          html.raw(round(BASE - height - 5) + "\">").number(counts[i]).raw("</text>");
        }
        html.raw("</g>");
      }
      if (i % everyLabel == 0) {
        html.raw("<text class=\"tick\" x=\"" + round(middle) + "\" y=\"" + (BASE + 18) + "\">");
        html.text(starts.get(i).toString()).raw("</text>");
      }
    }
    html.raw("</svg>");
  }

  private static String round(double value) {
    return Double.toString(Math.round(value * 10) / 10.0);
  }
}
