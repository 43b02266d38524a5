package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.browser.Browser;
import dev.certwright.conformance.browser.Page;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The report in a real browser, with names in it that somebody chose for what they might do there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportIT {
  private static final String SCRIPT = "<script>document.title='changed'</script>";
  private static final String STYLE = "</style><img src=x onerror=document.title='changed'>";
  private static final String LONG = "aNameWithoutAnyPlaceToBreakIt".repeat(6);

  /**
   * Elements that reach beyond the right edge, or hide a part of themselves behind a scroll bar.
   */
  private static final String TOO_WIDE =
      """
      (() => {
        const wide = [];
        for (const e of document.querySelectorAll('body, body *')) {
          const box = e.getBoundingClientRect();
          if (box.right > document.documentElement.clientWidth + 0.5 || box.left < -0.5
              || e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible') {
            wide.push(e.tagName + '.' + e.className + ' ' + Math.round(box.right));
          }
        }
        if (document.documentElement.scrollWidth > document.documentElement.clientWidth) {
          wide.push('page ' + document.documentElement.scrollWidth);
        }
        return wide.join(', ');
      })()
      """;

  /** The least contrast between text and what it stands on, by WCAG 2. */
  private static final String CONTRAST =
      """
      (() => {
        const light = colour => {
          const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const under = e => {
          const colour = getComputedStyle(e).backgroundColor;
          return colour === 'rgba(0, 0, 0, 0)' ? under(e.parentElement) : colour;
        };
        let least = 21;
        for (const e of document.querySelectorAll('body, body *')) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          if (!own || !e.checkVisibility()) continue;
          const style = getComputedStyle(e);
          const pair = [light(e.tagName === 'text' ? style.fill : style.color), light(under(e))]
            .sort((a, b) => b - a);
          least = Math.min(least, (pair[0] + 0.05) / (pair[1] + 0.05));
        }
        return least;
      })()
      """;

  private final Path folder = Places.newFolder("end-to-end");
  private final Path report = folder.resolve("report.html");
  private final Browser browser = Browser.start(Places.newFolder("browser"));

  @BeforeAll
  void makeReport() throws IOException {
    certwright("ca", "init");
    certwright("issue", "jane", "devs", "ops", "--server", "https://10.0.0.1:6443", "--ttl", "8h");
    StringBuilder people = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      people.append("user").append(i).append(",devs,").append(3 * i).append("d\n");
    }
    Path list = Files.writeString(folder.resolve("people.csv"), people);
    certwright("issue", "--from", list.toString(), "--server", "https://10.0.0.2:6443");
    certwright("issue", LONG.substring(0, 64), "--server", "https://10.0.0.1:6443");
    // It says that nothing refuses user3 yet: no outlet is set up.
    program().run("suspend", "user3", "--reason", "on leave", "--yes").expect(1);
    Instant longAgo = Instant.now().minus(Duration.ofDays(60)).truncatedTo(ChronoUnit.SECONDS);
    StringBuilder log = new StringBuilder();
    int number = 0;
    for (String name :
        new String[] {SCRIPT, STYLE, LONG, "\\u202egnp.exe", "\\u05d9\\u05d5\\u05e0"}) {
      log.append(event(++number, name, longAgo));
    }
    certwright(
        "import",
        Files.writeString(folder.resolve("audit.log"), log).toString(),
        "--cluster",
        LONG);
    Files.writeString(report, certwright("report"));
  }

  @AfterAll
  void stop() {
    browser.close();
  }

  private Program program() {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", folder.resolve("home"))
        .with("CERTWRIGHT_CA", folder.resolve("pki"));
  }

  private String certwright(String... words) {
    return program().run(words).expectSuccess();
  }

  /** As kube-apiserver writes it. */
  private static String event(int number, String user, Instant time) {
    return """
        {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"a%d",\
        "stage":"ResponseComplete","verb":"get","user":{"username":"%s","groups":["%s"],\
        "extra":{"authentication.kubernetes.io/credential-id":["X509SHA256=%064x"]}},\
        "sourceIPs":["10.0.0.7"],"requestReceivedTimestamp":"%s"}
        """
        .formatted(number, user, user, number, time);
  }

  private Page shown(int width, boolean dark) {
    Page page = browser.newPage();
    page.screen(width, 900, dark);
    page.show(report);
    page.evaluate("(document.querySelector('details').open = true)");
    return page;
  }

  @ParameterizedTest
  @CsvSource({
    "360, false",
    "400, false",
    "400, true",
    "600, false",
    "769, false",
    "900, true",
    "1121, false",
    "1400, false",
    "1400, true"
  })
  void nothing_needs_to_be_scrolled_sideways_and_all_can_be_read(int width, boolean dark) {
    try (Page page = shown(width, dark)) {
      page.photograph(folder.resolve("report-" + width + (dark ? "-dark.png" : "-light.png")));

      assertThat(page.evaluate(TOO_WIDE)).isEmpty();
      assertThat(Double.parseDouble(page.evaluate(CONTRAST))).isGreaterThanOrEqualTo(4.5);
      assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo(dark ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)");
    }
  }

  @Test
  void page_is_whole_in_itself_and_nothing_in_it_runs() {
    try (Page page = shown(1200, false)) {
      assertThat(page.complaints()).isEmpty();
      assertThat(page.fetches()).isEqualTo(1);
      assertThat(page.evaluate("document.scripts.length + document.images.length")).isEqualTo("0");
      assertThat(page.evaluate("document.title")).startsWith("Access by client certificate");
      assertThat(page.evaluate("document.styleSheets.length")).isEqualTo("1");
    }
  }

  @Test
  void names_are_text_whatever_they_look_like() {
    try (Page page = shown(1200, false)) {
      String text = page.evaluate("document.body.innerText");

      assertThat(text)
          .contains(SCRIPT, STYLE, LONG, "\\u202egnp.exe", "\u05d9\u05d5\u05e0")
          .doesNotContain("\u202e");
      assertThat(page.evaluate("document.querySelectorAll('.who tbody tr').length"))
          .isEqualTo("21");
    }
  }

  @ParameterizedTest
  @CsvSource({"400, narrow", "1200, broad"})
  void timeline_shows_every_certificate_in_force(int width, String screen) {
    try (Page page = shown(width, false)) {
      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('svg')].filter(s => s.checkVisibility())"
                      + ".map(s => s.className.baseVal).join()"))
          .isEqualTo(screen);
      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('svg.%s title')]".formatted(screen)
                      + ".map(t => Number(t.textContent.split(': ')[1])).reduce((a, b) => a + b)"))
          .isEqualTo("21");
      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('svg.%s rect')].every(r => r.getBoundingClientRect().height >= 1)"
                      .formatted(screen)))
          .isEqualTo("true");
    }
  }

  @Test
  void every_card_of_a_narrow_page_names_its_columns() {
    try (Page page = shown(400, false)) {
      assertThat(
              page.evaluate(
                  "[...document.querySelector('.who tbody tr').children].filter(c => c.checkVisibility())"
                      + ".map(c => getComputedStyle(c, '::before').content).join()"))
          .contains("User", "Until", "Certificates", "Last seen");
      assertThat(page.evaluate("document.querySelector('.who thead').checkVisibility()"))
          .isEqualTo("false");
    }
  }
}
