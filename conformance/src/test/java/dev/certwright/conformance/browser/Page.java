package dev.certwright.conformance.browser;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** One page in a browser. */
public final class Page implements AutoCloseable {
  private final DevTools browser;
  private final String session;

  private Page(DevTools browser, String session) {
    this.browser = browser;
    this.session = session;
  }

  static Page open(URI address) {
    DevTools browser = DevTools.connect(address);
    String target =
        text(browser.call("", "Target.createTarget", "\"url\":\"about:blank\""), "targetId");
    String session =
        text(
            browser.call(
                "", "Target.attachToTarget", "\"flatten\":true,\"targetId\":\"" + target + "\""),
            "sessionId");
    Page page = new Page(browser, session);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      page.call(domain + ".enable", "");
    }
    return page;
  }

  private YamlMapping call(String method, String parameters) {
    return browser.call(session, method, parameters);
  }

  private static String text(YamlMapping object, String key) {
    return ((YamlString) Objects.requireNonNull(object.get(key))).value();
  }

  /** Shows a file, and waits until all of it is there. */
  public void show(Path file) {
    call("Page.navigate", "\"url\":\"" + file.toUri() + "\"");
    browser.await("Page.loadEventFired");
  }

  /** The screen, in CSS pixels; a narrow one is a telephone's. */
  public void screen(int width, int height, boolean dark) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b"
            .formatted(width, height, width < 600));
    call(
        "Emulation.setEmulatedMedia",
        "\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]"
            .formatted(dark ? "dark" : "light"));
  }

  /**
   * The value of a JavaScript expression, as text.
   *
   * @param expression without double quotes and backslashes
   */
  public String evaluate(String expression) {
    YamlMapping answer =
        call(
            "Runtime.evaluate",
            "\"returnByValue\":true,\"expression\":\"" + expression.replace("\n", " ") + "\"");
    YamlMapping result = (YamlMapping) Objects.requireNonNull(answer.get("result"));
    YamlValue value = result.get("value");
    if (value instanceof YamlString string) {
      return string.value();
    } else if (value instanceof YamlNumber number) {
      return number.text();
    } else if (value instanceof YamlBoolean bool) {
      return Boolean.toString(bool.value());
    }
    throw new AssertionError(expression + ": " + answer);
  }

  /** What went wrong in the page so far, or was said on its console. */
  public List<YamlMapping> complaints() {
    List<YamlMapping> complaints = new ArrayList<>();
    for (String event :
        List.of("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")) {
      complaints.addAll(browser.named(event));
    }
    return complaints;
  }

  /** What was fetched so far, the page itself included. */
  public int fetches() {
    return browser.named("Network.requestWillBeSent").size();
  }

  /** A picture of all of the page, PNG. */
  public void photograph(Path target) {
    String data =
        text(
            call("Page.captureScreenshot", "\"format\":\"png\",\"captureBeyondViewport\":true"),
            "data");
    try {
      Files.write(target, Base64.getDecoder().decode(data));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    browser.close();
  }
}
