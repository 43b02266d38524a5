package dev.certwright.cli.account;

import java.util.List;

/**
 * How the report looks. Where a table does not fit, each of its rows becomes a card with the names
 * of the columns beside the values, so that nothing needs to be scrolled sideways; an empty cell is
 * left out there.
 */
final class ReportStyle {
  private static final String PAGE =
      """
      :root{color-scheme:light;--text:#1d2129;--dim:#5b6472;--back:#fff;--card:#f4f6f9;
      --line:#d9dee6;--bar:#2f6fbf;--bad:#b3261e;--odd:#8a5a00;--good:#1d7a3e}
      @media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--text:#e6e9ee;
      --dim:#9aa4b2;--back:#14171c;--card:#1d2229;--line:#333b46;--bar:#6ea8ef;--bad:#ff8a80;
      --odd:#f0c060;--good:#7bd69a}}
      body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);
      max-width:70rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
      h1{font-size:1.5rem;margin:0}h2{font-size:1.1rem;margin:2.2rem 0 .3rem}
      p{margin:.3rem 0;color:var(--dim)}
      .sum{display:flex;flex-wrap:wrap;gap:.8rem;margin:1.2rem 0}
      .sum div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;
      padding:.5rem .9rem;min-width:6.5rem}
      .sum b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
      .bad{color:var(--bad)}.odd{color:var(--odd)}.good{color:var(--good)}
      table{border-collapse:collapse;width:100%;margin:.5rem 0}
      th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;
      border-bottom:1px solid var(--line);min-width:4rem;unicode-bidi:isolate}
      th{color:var(--dim);font-weight:600;font-size:.85rem;white-space:nowrap}
      td{font-variant-numeric:tabular-nums}.t{white-space:nowrap}
      code{font:.85em ui-monospace,monospace}
      svg{display:block;width:100%;height:auto;margin-top:.5rem}.narrow{display:none}
      .bar{fill:var(--bar)}.axis{stroke:var(--line)}
      text{fill:var(--dim);font:12px system-ui,sans-serif;text-anchor:middle}
      .count{fill:var(--text)}
      details{margin-top:2rem}summary{cursor:pointer;font-weight:600}
      @media print{body{margin:0;max-width:none}details{display:none}}
      """;

  private static final String NARROW =
      """
      @media (max-width:48rem){.broad{display:none}.narrow{display:block}
      .sum{gap:.5rem}.sum div{flex:1 1 8rem}}
      """;

  private ReportStyle() {}

  /** CSS without anything from elsewhere, for tables of these classes with these columns. */
  static String text() {
    return PAGE
        + cards("who", "48rem", ReportPage.WHO_COLUMNS)
        + cards("every", "70rem", ReportPage.COLUMNS)
        + NARROW;
  }

  private static String cards(String table, String width, List<String> columns) {
    StringBuilder css = new StringBuilder();
    css.append(
        """
        @media (max-width:WIDTH){.NAME thead{display:none}
        .NAME,.NAME tbody,.NAME tr,.NAME td{display:block}
        .NAME tr{background:var(--card);border:1px solid var(--line);border-radius:.5rem;
        padding:.4rem .8rem;margin:.6rem 0;break-inside:avoid}
        .NAME td{position:relative;border:0;padding:.1rem 0 .1rem 6.5rem;text-align:left;
        white-space:normal}
        .NAME td:empty{display:none}
        .NAME td::before{position:absolute;left:0;color:var(--dim);font-size:.85rem}
        """
            .replace("NAME", table)
            .replace("WIDTH", width));
    for (int i = 0; i < columns.size(); i++) {
      css.append('.').append(table).append(" td:nth-child(").append(i + 1);
      css.append(")::before{content:\"").append(columns.get(i)).append("\"}\n");
    }
    return css.append("}\n").toString();
  }
}
