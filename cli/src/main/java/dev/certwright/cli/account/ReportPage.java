package dev.certwright.cli.account;

import dev.certwright.cli.output.Times;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One page that answers who has access, until when, and what is odd: no script, nothing from
 * elsewhere, light or dark as the reader's machine is, and fit for paper.
 */
public final class ReportPage {
  static final List<String> WHO_COLUMNS =
      List.of("User", "Groups", "Cluster", "Until", "Certificates", "Last seen");
  static final List<String> COLUMNS =
      List.of("User", "Groups", "Cluster", "State", "Until", "Last seen", "From", "Known by", "Id");

  private static final Duration SOON = Duration.ofDays(7);

  private final List<CertificateStatus> certificates;
  private final Instant now;
  private final Duration unused;
  private final boolean cut;

  /**
   * Of these certificates, none of them expired.
   *
   * @param unused for how long one must not have been seen to be called unused
   * @param cut whether there are more than these
   */
  public ReportPage(
      List<CertificateStatus> certificates, Instant now, Duration unused, boolean cut) {
    this.certificates = List.copyOf(certificates);
    this.now = now;
    this.unused = unused;
    this.cut = cut;
  }

  /** The page, HTML 5. */
  public String html() {
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    html.raw(" style-src 'unsafe-inline'\">\n<title>Access by client certificate, ");
    html.text(Times.human(now))
        .raw("</title>\n<style>\n")
        .raw(ReportStyle.text())
        .raw("</style>\n</head>\n");
    html.raw("<body>\n<h1>Access by client certificate</h1>\n<p>As of ");
    html.text(Times.human(now)).raw(", from the ledger of Certwright. Expired certificates are");
    html.raw(" left out.</p>\n");
    if (cut) {
      html.raw(
          "<p class=\"bad\">There are more certificates than fit on one page; only those that");
      html.raw(" end first are shown.</p>\n");
    }
    List<CertificateStatus> inForce = inState(State.VALID);
    List<CertificateStatus> unknown = inState(State.UNKNOWN);
    List<CertificateStatus> idle = idle(inForce);
    summary(html, inForce, unknown, idle);
    attention(html, unknown, idle);
    who(html, inForce);
    html.raw("<h2>When they end</h2>\n");
    ExpiryTimeline timeline = new ExpiryTimeline(inForce, now);
    html.raw("<p>Certificates in force that end in each ").raw(timeline.step()).raw(", UTC.");
    if (timeline.later() > 0) {
      html.raw(" ").number(timeline.later()).raw(" more end later.");
    }
    html.raw("</p>\n");
    timeline.append(html, "broad", 900);
    timeline.append(html, "narrow", 300);
    taken(html);
    html.raw("\n<details><summary>Every certificate</summary>\n");
    table(html, certificates);
    return html.raw("</details>\n</body>\n</html>\n").toString();
  }

  private List<CertificateStatus> inState(State state) {
    List<CertificateStatus> list = new ArrayList<>();
    for (CertificateStatus one : certificates) {
      if (one.state() == state) {
        list.add(one);
      }
    }
    return list;
  }

  private boolean anyUseKnown() {
    for (CertificateStatus one : certificates) {
      if (one.lastSeen() != null) {
        return true;
      }
    }
    return false;
  }

  private List<CertificateStatus> idle(List<CertificateStatus> inForce) {
    List<CertificateStatus> list = new ArrayList<>();
    if (anyUseKnown()) {
      for (CertificateStatus one : inForce) {
        Instant since = one.lastSeen() == null ? one.notBefore() : one.lastSeen();
        if (since != null && since.isBefore(now.minus(unused))) {
          list.add(one);
        }
      }
    }
    return list;
  }

  private void summary(
      Html html,
      List<CertificateStatus> inForce,
      List<CertificateStatus> unknown,
      List<CertificateStatus> idle) {
    Set<String> users = new TreeSet<>();
    int soon = 0;
    for (CertificateStatus one : inForce) {
      users.add(one.user());
      if (one.notAfter() != null && one.notAfter().isBefore(now.plus(SOON))) {
        soon++;
      }
    }
    html.raw("<div class=\"sum\">");
    tile(html, users.size(), "users with access", "");
    tile(html, inForce.size(), "certificates in force", "");
    tile(html, soon, "end within 7 days", soon > 0 ? "odd" : "");
    tile(html, unknown.size(), "unknown, in use", unknown.isEmpty() ? "" : "bad");
    tile(html, idle.size(), "not used lately", idle.isEmpty() ? "" : "odd");
    tile(html, inState(State.REVOKED).size() + inState(State.SUSPENDED).size(), "taken back", "");
    html.raw("</div>\n");
  }

  private static void tile(Html html, int number, String label, String colour) {
    html.raw("<div><b class=\"").raw(colour).raw("\">").number(number).raw("</b>");
    html.text(label).raw("</div>");
  }

  private void attention(Html html, List<CertificateStatus> unknown, List<CertificateStatus> idle) {
    if (!unknown.isEmpty()) {
      html.raw("<h2 class=\"bad\">Unknown certificates in use</h2>\n<p>Audit logs show them, and");
      html.raw(" they were neither issued here nor imported: nobody knows until when they are");
      html.raw(" valid.</p>\n");
      table(html, unknown);
    }
    if (!anyUseKnown()) {
      html.raw("<h2>Use</h2>\n<p>No audit log was imported, so that it is not known which");
      html.raw(" certificates are used.</p>\n");
    } else if (!idle.isEmpty()) {
      html.raw("<h2 class=\"odd\">Not used lately</h2>\n<p>In force, and not seen in any imported");
      html.raw(" audit log for ");
      html.text(dev.certwright.authority.Lifetime.describe(unused)).raw(".</p>\n");
      table(html, idle);
    }
  }

  /** One user on one cluster. */
  private static final class Access {
    private final Set<String> groups = new TreeSet<>();
    private int count;
    private @Nullable Instant until;
    private @Nullable Instant seen;

    void add(CertificateStatus one) {
      groups.addAll(one.groups());
      count++;
      until = later(until, one.notAfter());
      seen = later(seen, one.lastSeen());
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
      return one == null || other != null && other.isAfter(one) ? other : one;
    }
  }

  private void who(Html html, List<CertificateStatus> inForce) {
    Map<List<String>, Access> rows = new TreeMap<>(ReportPage::compare);
    for (CertificateStatus one : inForce) {
      rows.computeIfAbsent(List.of(one.user(), one.cluster()), key -> new Access()).add(one);
    }
    html.raw("<h2>Who has access, until when</h2>\n");
    begin(html, "who", WHO_COLUMNS);
    for (Map.Entry<List<String>, Access> row : rows.entrySet()) {
      Access access = row.getValue();
      html.raw("<tr><td><strong>").text(row.getKey().get(0)).raw("</strong><td>");
      html.text(String.join(", ", access.groups)).raw("<td>").text(row.getKey().get(1));
      html.raw("<td class=\"t\">");
      until(html, access.until);
      html.raw("<td>").number(access.count).raw("<td class=\"t\">");
      seen(html, access.seen);
      html.raw("\n");
    }
    html.raw("</tbody></table>\n");
    if (rows.isEmpty()) {
      html.raw("<p>Nobody.</p>\n");
    }
  }

  private static void begin(Html html, String table, List<String> columns) {
    html.raw("<table class=\"").raw(table).raw("\"><thead><tr>");
    for (String column : columns) {
      html.raw("<th>").raw(column);
    }
    html.raw("</thead><tbody>\n");
  }

  private static int compare(List<String> one, List<String> other) {
    int byUser = one.get(0).compareTo(other.get(0));
    return byUser != 0 ? byUser : one.get(1).compareTo(other.get(1));
  }

  private void taken(Html html) {
    List<CertificateStatus> taken = inState(State.REVOKED);
    taken.addAll(inState(State.SUSPENDED));
    if (!taken.isEmpty()) {
      html.raw("<h2>Taken back</h2>\n<p>Recorded as revoked or suspended. Whether a cluster");
      html.raw(" refuses them is for its own configuration to say.</p>\n");
      table(html, taken);
    }
  }

  private void table(Html html, List<CertificateStatus> list) {
    begin(html, "every", COLUMNS);
    for (CertificateStatus one : list) {
      html.raw("<tr><td>").text(one.user()).raw("<td>").text(String.join(", ", one.groups()));
      html.raw("<td>").text(one.cluster()).raw("<td class=\"").raw(colour(one.state()));
      html.raw("\">").text(one.state().label()).raw("<td class=\"t\">");
      until(html, one.notAfter());
      html.raw("<td class=\"t\">");
      seen(html, one.lastSeen());
      html.raw("<td>").text(String.join(", ", one.sourceAddresses()));
      html.raw("<td>").text(one.origin().label()).raw("<td><code>");
      html.text(StatusTable.shortId(one.credentialId())).raw("</code>\n");
    }
    html.raw("</tbody></table>\n");
  }

  private void until(Html html, @Nullable Instant end) {
    if (end == null) {
      html.raw("not known");
    } else {
      boolean soon = end.isBefore(now.plus(SOON));
      html.text(Times.human(end)).raw("<br><span class=\"").raw(soon ? "odd" : "").raw("\">");
      html.text(Times.relative(end, now)).raw("</span>");
    }
  }

  private void seen(Html html, @Nullable Instant time) {
    html.text(time == null ? "–" : Times.relative(time, now));
  }

  private static String colour(State state) {
    return switch (state) {
      case VALID -> "good";
      case REVOKED, UNKNOWN -> "bad";
      case SUSPENDED, PENDING, EXPIRED -> "odd";
    };
  }
}
