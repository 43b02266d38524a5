package dev.certwright.cli.access;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.Nearest;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.RequestInfoResolver;
import dev.certwright.rbac.request.RequestLineException;
import dev.certwright.rbac.request.UnresolvableRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments and options that say what is asked. */
public final class QuestionOptions {
  /** In the order of help. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value("namespace", "NAME", "in this namespace").withLetter('n').orEmpty(),
          OptionSpec.flag("all-namespaces", "in all namespaces at once").withLetter('A'),
          OptionSpec.value(
                  "subresource",
                  "NAME",
                  "of this subresource; what follows a slash is then the name")
              .orEmpty(),
          OptionSpec.value("request", "REQUEST", "what this request needs: \"GET /api/v1/nodes\""));

  private static final String NAMESPACES = "namespaces";
  private static final List<String> VERBS =
      List.of(
          "get",
          "list",
          "watch",
          "create",
          "update",
          "patch",
          "delete",
          "deletecollection",
          "bind",
          "escalate",
          "impersonate",
          "approve",
          "sign",
          "attest",
          "use",
          "proxy");

  private QuestionOptions() {}

  /** The namespace that is asked about; empty for all of them. */
  public static String namespace(CommandLine line, LoadedPolicy loaded) {
    if (line.has("all-namespaces")) {
      if (line.has("namespace")) {
        throw new UsageException("-n and -A contradict each other", "give one of them");
      }
      return "";
    }
    return line.value("namespace", loaded.namespace());
  }

  /** The namespace whose RoleBindings count; empty for none, null for the current one. */
  public static @Nullable String namespaceNeeded(CommandLine line) {
    String request = line.value("request");
    if (request != null) {
      return info(request).namespace();
    }
    boolean path = line.arguments().size() > 1 && line.arguments().get(1).startsWith("/");
    return path || line.has("all-namespaces") ? "" : line.value("namespace");
  }

  /**
   * What is asked.
   *
   * @throws UsageException if it is not said, or said twice
   * @throws CommandException if an API server takes the request for nothing that can be asked
   */
  public static Attributes question(
      CommandLine line, Identity user, LoadedPolicy loaded, Console console) {
    String request = line.value("request");
    List<String> words = line.arguments();
    if (request != null) {
      if (!words.isEmpty() || line.has("namespace") || line.has("all-namespaces")) {
        throw new UsageException(
            "--request says all that is asked", "leave out VERB, RESOURCE, -n and -A");
      }
      return info(request).askedBy(user);
    }
    if (words.size() < 2) {
      throw new UsageException(
          "it is not said what is asked",
          "give VERB and RESOURCE, VERB and /path, --list, --request or --json-lines");
    }
    warnOfVerb(words.get(0), console);
    if (words.get(1).startsWith("/")) {
      if (words.size() > 2 || line.has("subresource")) {
        throw new UsageException("a path has no name and no subresource", "give VERB and /path");
      }
      return Attributes.ofPath(user, words.get(0), words.get(1));
    }
    return ofWords(line, user, loaded, console);
  }

  private static RequestInfo info(String request) {
    int blank = request.indexOf(' ');
    if (blank < 0) {
      throw new UsageException(
          "--request cannot be \"" + request + "\"",
          "give method and target: \"GET /api/v1/pods\"");
    }
    try {
      return RequestInfoResolver.resolve(request.substring(0, blank), request.substring(blank + 1));
    } catch (RequestLineException refused) {
      throw new CommandException(
          ExitCode.USAGE, "the API server refuses this request (400): " + refused.getMessage(), "");
    } catch (UnresolvableRequestException unclear) {
      throw new CommandException(
          ExitCode.USAGE,
          "the API server fails at this request (500): " + unclear.getMessage(),
          "");
    }
  }

  private static Attributes ofWords(
      CommandLine line, Identity user, LoadedPolicy loaded, Console console) {
    List<String> words = line.arguments();
    String verb = words.get(0);
    String typed = words.get(1);
    String name = words.size() > 2 ? words.get(2) : "";
    String subresource = line.value("subresource");
    if (subresource != null) {
      int slash = typed.indexOf('/');
      if (slash >= 0) {
        if (!name.isEmpty()) {
          throw new UsageException("the name is given twice", "give it once");
        }
        name = typed.substring(slash + 1);
        typed = typed.substring(0, slash);
      }
      typed = typed + "/" + subresource;
    }
    AskedResource asked = AskedResource.of(typed, loaded.policy(), console);
    if (!name.isEmpty() && asked.subresource().isEmpty() && namesNothing(verb)) {
      console.warning(
          "a request to "
              + verb
              + " names no object, so that rules limited to names never allow it; the name is left"
              + " out");
      name = "";
    }
    return new Attributes(
        user,
        true,
        verb,
        scope(line, asked, name, namespace(line, loaded), console),
        asked.group(),
        "",
        asked.resource(),
        asked.subresource(),
        name,
        "");
  }

  private static boolean namesNothing(String verb) {
    return verb.equals("create") || verb.equals("deletecollection");
  }

  // A request for an object of the cluster names no namespace, and one for a namespace its own
  // (rule R-08), whatever the user's current one is.
  private static String scope(
      CommandLine line, AskedResource asked, String name, String namespace, Console console) {
    if (asked.known() == null || asked.known().namespaced()) {
      return namespace;
    }
    if (line.has("namespace")) {
      console.warning(asked.resource() + " belong to no namespace; -n is left out");
    }
    boolean isNamespace = asked.group().isEmpty() && asked.resource().equals(NAMESPACES);
    return isNamespace ? name : "";
  }

  private static void warnOfVerb(String verb, Console console) {
    if (VERBS.contains(verb)) {
      return;
    }
    String near = Nearest.of(verb.toLowerCase(java.util.Locale.ROOT), VERBS);
    if (near != null) {
      console.warning("verbs are compared letter by letter, and this is no usual one: " + verb);
      console.hint("did you mean " + near + "?");
    }
  }

  /** What is asked, in a few words. */
  static String describe(Attributes asked) {
    if (!asked.resourceRequest()) {
      return asked.verb() + " path " + GoText.quote(asked.path());
    }
    StringBuilder text = new StringBuilder(80).append(asked.verb()).append(' ');
    text.append(asked.resource());
    if (!asked.subresource().isEmpty()) {
      text.append('/').append(asked.subresource());
    }
    if (!asked.name().isEmpty()) {
      text.append(' ').append(GoText.quote(asked.name()));
    }
    text.append(" in API group ").append(GoText.quote(asked.apiGroup()));
    return asked.namespace().isEmpty()
        ? text.append(" at the cluster scope").toString()
        : text.append(" in the namespace ").append(GoText.quote(asked.namespace())).toString();
  }
}
