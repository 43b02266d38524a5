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
  private static final Duration SOON = Duration.ofDays(7);

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1d2129;--dim:#5b6472;--back:#fff;--card:#f4f6f9;
      --line:#d9dee6;--bar:#2f6fbf;--bad:#b3261e;--odd:#8a5a00;--good:#1d7a3e}
      @media (prefers-color-scheme:dark){:root{--text:#e6e9ee;--dim:#9aa4b2;--back:#14171c;
      --card:#1d2229;--line:#333b46;--bar:#6ea8ef;--bad:#ff8a80;--odd:#f0c060;--good:#7bd69a}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);
      max-width:70rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .3rem}
      p{margin:.3rem 0;color:var(--dim)}
      .sum{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.2rem 0}
      .sum div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;
      padding:.5rem .9rem;min-width:6.5rem}
      .sum b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
      .bad{color:var(--bad)}.odd{color:var(--odd)}.good{color:var(--good)}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;width:100%;margin:.5rem 0}
      th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;
      border-bottom:1px solid var(--line);overflow-wrap:anywhere}
      th{color:var(--dim);font-weight:600;font-size:.85rem;white-space:nowrap}
      th:not(.n),td:not(.n){min-width:6rem}
      td{font-variant-numeric:tabular-nums}.n{text-align:right}.t{white-space:nowrap}
      code{font:.85em ui-monospace,monospace}
      svg{width:100%;min-width:42rem;height:auto;margin-top:.5rem}.bar{fill:var(--bar)}.axis{stroke:var(--line)}
      text{fill:var(--dim);font:12px system-ui,sans-serif;text-anchor:middle}
      .count{fill:var(--text)}
      details{margin-top:2rem}summary{cursor:pointer;font-weight:600}
      @media print{body{margin:0;max-width:none}details{display:none}}
      """;

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
    html.text(Times.human(now)).raw("</title>\n<style>\n").raw(STYLE).raw("</style>\n</head>\n");
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
    timeline.append(html);
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
    html.raw("<h2>Who has access, until when</h2>\n<div class=\"wide\"><table><thead><tr>");
    html.raw("<th>User<th>Groups<th>Cluster<th>Until<th class=\"n\">Certificates<th>Last seen");
    html.raw("</thead><tbody>\n");
    for (Map.Entry<List<String>, Access> row : rows.entrySet()) {
      Access access = row.getValue();
      html.raw("<tr><td><strong>").text(row.getKey().get(0)).raw("</strong><td>");
      html.text(String.join(", ", access.groups)).raw("<td>").text(row.getKey().get(1));
      html.raw("<td class=\"t\">");
      until(html, access.until);
      html.raw("<td class=\"n\">").number(access.count).raw("<td class=\"t\">");
      seen(html, access.seen);
      html.raw("\n");
    }
    html.raw("</tbody></table></div>\n");
    if (rows.isEmpty()) {
      html.raw("<p>Nobody.</p>\n");
    }
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
    html.raw(
        "<div class=\"wide\"><table><thead><tr><th>User<th>Groups<th>Cluster<th>State<th>Until");
    html.raw("<th>Last seen<th>From<th>Known by<th>Id</thead><tbody>\n");
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
    html.raw("</tbody></table></div>\n");
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
