package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.output.Documents;
import dev.certwright.rbac.lines.RequestInfoLines;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.RequestInfoResolver;
import dev.certwright.rbac.request.RequestLineException;
import dev.certwright.rbac.request.UnresolvableRequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code certwright request-info}: what an API server takes a request for. */
public final class RequestInfoCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "request-info",
        "what an API server takes a request for: verb, resource, namespace, name",
        "Method and URL are those of the request line. Ends with exit code 1 if the server refuses"
            + " the request line (400) or fails at it (500) before it asks who may.\n\n"
            + "With --json-lines, requests are read from standard input, one a line:"
            + " {\"id\",\"method\",\"url\"}. Each is answered in order by {\"id\","
            + "\"isResourceRequest\",\"path\",\"verb\",\"apiPrefix\",\"apiGroup\",\"apiVersion\","
            + "\"namespace\",\"resource\",\"subresource\",\"name\",\"parts\",\"fieldSelector\","
            + "\"labelSelector\"}, by \"httpError\" where the request line is refused, or by"
            + " \"error\" where the server fails.",
        List.of(
            new ArgumentSpec("METHOD", "GET, POST, ...", false, false),
            new ArgumentSpec("URL", "path and query, not decoded", false, false)),
        List.of(
            OptionSpec.flag("json-lines", "answer requests from standard input"),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright request-info GET \"/api/v1/namespaces/dev/pods?watch=1\"",
                "a watch, not a get"),
            new CommandSpec.Example(
                "certwright request-info --json-lines < requests.jsonl > answers.jsonl",
                "many at once")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    List<String> words = line.arguments();
    if (line.has("json-lines")) {
      if (!words.isEmpty()) {
        throw new UsageException(
            "--json-lines takes requests from standard input only", "leave out METHOD and URL");
      }
      return answerLines(console);
    }
    if (words.size() != 2) {
      throw new UsageException("METHOD and URL are not both given", "usage: " + spec().usage());
    }
    RequestInfo info;
    try {
      info = RequestInfoResolver.resolve(words.get(0), words.get(1));
    } catch (RequestLineException refused) {
      throw new CommandException(
          ExitCode.NO, "the API server refuses it (400): " + refused.getMessage(), "");
    } catch (UnresolvableRequestException unclear) {
      throw new CommandException(
          ExitCode.NO, "the API server fails at it (500): " + unclear.getMessage(), "");
    }
    String format = line.value("output", "table");
    Map<String, @Nullable Object> document = document(info);
    if (format.equals("table")) {
      document.values().removeIf(value -> "".equals(value) || List.of().equals(value));
      Documents.printTable(console, document);
    } else {
      Documents.print(console, format, document);
    }
    return ExitCode.OK;
  }

  private static Map<String, @Nullable Object> document(RequestInfo info) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("isResourceRequest", info.resourceRequest());
    document.put("path", info.path());
    document.put("verb", info.verb());
    document.put("apiPrefix", info.apiPrefix());
    document.put("apiGroup", info.apiGroup());
    document.put("apiVersion", info.apiVersion());
    document.put("namespace", info.namespace());
    document.put("resource", info.resource());
    document.put("subresource", info.subresource());
    document.put("name", info.name());
    document.put("parts", new ArrayList<>(info.parts()));
    document.put("fieldSelector", info.fieldSelector());
    document.put("labelSelector", info.labelSelector());
    return document;
  }

  private static int answerLines(Console console) {
    try {
      return new RequestInfoLines().run(console.in(), console.out()).refused() == 0
          ? ExitCode.OK
          : ExitCode.USAGE;
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "standard input cannot be read: " + failed.getMessage(), "");
    }
  }
}
