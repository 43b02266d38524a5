package dev.certwright.rbac.generator;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.RequestInfoResolver;
import dev.certwright.rbac.request.RequestLineException;
import dev.certwright.rbac.request.UnresolvableRequestException;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random request lines. */
public final class RequestInfoComparison implements Comparison {
  private static final int LINES = 500;

  @Override
  public String mode() {
    return "requestinfo";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    RandomRequests generator = new RandomRequests(random);
    List<String> methods = new ArrayList<>();
    List<String> urls = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      methods.add(generator.method());
      urls.add(generator.url());
      lines.add(line(methods.get(i), urls.get(i)));
    }
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < LINES; i++) {
      String problem = problem(methods.get(i), urls.get(i), answers.get(i));
      if (problem != null) {
        throw new AssertionError(shrunk(methods.get(i), urls.get(i), problem, oracle));
      }
    }
    return LINES;
  }

  static String line(String method, String url) {
    return ObjectJson.line(YamlMapping.builder().put("method", method).put("url", url).build());
  }

  /** What is wrong with the answers to one line, null if nothing is. */
  static @Nullable String problem(String method, String url, String answer) {
    return Comparison.problem(() -> compared(method, url, answer));
  }

  private static @Nullable String compared(String method, String url, String answer) {
    YamlMapping upstream = Oracle.parse(answer);
    boolean refused = upstream.get("httpError") != null;
    String error = DecideComparison.text(upstream, "error");
    try {
      RequestInfo ours = RequestInfoResolver.resolve(method, url);
      String expected = describe(upstream);
      String found = describe(ours);
      return !refused && error.isEmpty() && found.equals(expected)
          ? null
          : found + "\nupstream " + (refused || !error.isEmpty() ? answer : expected);
    } catch (RequestLineException e) {
      return refused ? null : "refused: " + e.getMessage() + "\nupstream " + answer;
    } catch (UnresolvableRequestException e) {
      return GoText.replaceStray(String.valueOf(e.getMessage())).equals(error)
          ? null
          : "unresolvable: " + e.getMessage() + "\nupstream " + answer;
    }
  }

  private static String describe(RequestInfo info) {
    List<String> parts = new ArrayList<>();
    info.parts().forEach(part -> parts.add(GoText.replaceStray(part)));
    return GoText.replaceStray(
        String.join(
            "|",
            String.valueOf(info.resourceRequest()),
            info.path(),
            info.verb(),
            info.apiPrefix(),
            info.apiGroup(),
            info.apiVersion(),
            info.namespace(),
            info.resource(),
            info.subresource(),
            info.name(),
            parts.toString(),
            info.fieldSelector(),
            info.labelSelector()));
  }

  private static String describe(YamlMapping info) {
    List<String> parts = new ArrayList<>();
    if (info.get("parts") instanceof YamlSequence sequence) {
      sequence
          .values()
          .forEach(part -> parts.add(GoText.replaceStray(DecideComparison.string(part))));
    }
    boolean resource = info.get("isResourceRequest") instanceof YamlBoolean flag && flag.value();
    return String.join(
        "|",
        String.valueOf(resource),
        DecideComparison.text(info, "path"),
        DecideComparison.text(info, "verb"),
        DecideComparison.text(info, "apiPrefix"),
        DecideComparison.text(info, "apiGroup"),
        DecideComparison.text(info, "apiVersion"),
        DecideComparison.text(info, "namespace"),
        DecideComparison.text(info, "resource"),
        DecideComparison.text(info, "subresource"),
        DecideComparison.text(info, "name"),
        parts.toString(),
        DecideComparison.text(info, "fieldSelector"),
        DecideComparison.text(info, "labelSelector"));
  }

  private static String shrunk(String method, String url, String problem, Oracle oracle) {
    String small = url;
    String last = problem;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = small.length() - 1; i >= 0; i--) {
        String fewer = small.substring(0, i) + small.substring(i + 1);
        String still = problem(method, fewer, oracle.ask(List.of(line(method, fewer))).get(0));
        if (still != null) {
          small = fewer;
          last = still;
          smaller = true;
          break;
        }
      }
    }
    return last + "\nline " + method + " " + GoText.quote(small);
  }
}
