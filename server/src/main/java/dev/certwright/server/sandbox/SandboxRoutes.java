package dev.certwright.server.sandbox;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.FieldSelector;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.server.discovery.ResourceType;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources of the sandbox: get, list and watch; all else is answered by 405. */
public final class SandboxRoutes implements Routes {
  private static final String READ_ONLY =
      "this server is a read-only sandbox: what was asked is authorized, and was not done";
  private static final String NOTHING_RUNS =
      "this server is a sandbox where nothing runs: what was asked is authorized, and cannot be"
          + " answered";
  private static final long LONGEST_WATCH = 1800;

  private final Sandbox sandbox;

  /** Serves this one's objects. */
  public SandboxRoutes(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    if (!info.resourceRequest()) {
      return null;
    }
    Sandbox.State state = sandbox.state();
    ResourceType type = state.catalog().find(info.apiGroup(), info.apiVersion(), info.resource());
    if (type == null || info.verb().equals("proxy")) {
      boolean known =
          state
                  .catalog()
                  .resources(
                      info.apiGroup().isEmpty()
                          ? info.apiVersion()
                          : info.apiGroup() + "/" + info.apiVersion())
              != null;
      return known ? call -> call.answer(404, StatusObject.noSuchResource()) : null;
    }
    if (!isPlace(type, info)) {
      return call -> call.answer(404, StatusObject.noSuchResource());
    }
    // Upstream has no HEAD here, though it authorizes it as a reading verb.
    if (method.equals("HEAD")) {
      return call -> call.answer(405, StatusObject.methodNotAllowed());
    }
    if (!method.equals("GET")) {
      return call -> call.answer(405, StatusObject.methodNotAllowed(READ_ONLY));
    }
    if (!info.subresource().isEmpty()) {
      return info.subresource().equals("status")
          ? call -> get(call, type)
          : call -> call.answer(405, StatusObject.methodNotAllowed(NOTHING_RUNS));
    }
    return switch (info.verb()) {
      case "get" -> call -> get(call, type);
      case "list" -> call -> list(call, type);
      case "watch" -> call -> watch(call, type);
      default -> call -> call.answer(405, StatusObject.methodNotAllowed());
    };
  }

  /** Whether the path is one that the resource has. */
  private static boolean isPlace(ResourceType type, RequestInfo info) {
    boolean ofNamespace = type.resource().equals("namespaces") && type.group().isEmpty();
    int parts = info.parts().size();
    boolean inNamespace = !info.namespace().isEmpty() && !(ofNamespace && parts > 1);
    boolean subresource = parts >= 3;
    if (ofNamespace && parts > 1 && !isAtTop(info)) {
      return false;
    }
    if (inNamespace != type.namespaced() && (inNamespace || parts > 1)) {
      return false;
    }
    return !subresource || type.subresource(info.parts().get(2)) != null;
  }

  // A namespace in a namespace is resolved like one, and is nowhere.
  private static boolean isAtTop(RequestInfo info) {
    String path = info.path();
    int first = path.indexOf("/namespaces/");
    String before = first < 0 ? "" : path.substring(0, first);
    return (before.endsWith("/v1") || before.endsWith("/v1/watch"))
        && path.substring(first + 1, path.endsWith("/") ? path.length() - 1 : path.length())
            .equals(String.join("/", info.parts()));
  }

  private Response get(Call call, ResourceType type) {
    RequestInfo info = call.info();
    ObjectView view = ObjectView.wanted(call, type);
    if (view == null) {
      return call.answer(406, StatusObject.notAcceptable());
    }
    String problem = nameProblem(info.name());
    if (!problem.isEmpty()) {
      return call.answer(
          400,
          StatusObject.badRequest(
              "Name parameter invalid: " + GoText.quote(info.name()) + ": " + problem));
    }
    StoredObject object =
        sandbox
            .state()
            .store()
            .find(ObjectStore.key(type), type.namespaced() ? info.namespace() : "", info.name());
    return object == null
        ? call.answer(404, StatusObject.notFound(info.name(), type.group(), type.resource()))
        : call.answer(200, view.one(object, Instant.now()), view.mediaType());
  }

  private static String nameProblem(String name) {
    if (name.equals(".") || name.equals("..")) {
      return "may not be '" + name + "'";
    }
    return name.indexOf('%') >= 0 ? "may not contain '%'" : "";
  }

  private static @Nullable Selection selection(Call call, ResourceType type) {
    String label = call.query().text("labelSelector");
    String field = call.query().text("fieldSelector");
    LabelQuery labels = LabelQuery.of(label == null ? "" : label);
    FieldSelector fields = FieldSelector.ofText(field == null ? "" : field);
    return labels == null || fields == null
        ? null
        : new Selection(
            ObjectStore.key(type),
            type.namespaced() ? call.info().namespace() : "",
            labels,
            fields);
  }

  private static Response badSelector(Call call) {
    return call.answer(
        400,
        StatusObject.badRequest(
            "the labelSelector or fieldSelector of the query cannot be read as one"));
  }

  private Response list(Call call, ResourceType type) {
    ObjectView view = ObjectView.wanted(call, type);
    if (view == null) {
      return call.answer(406, StatusObject.notAcceptable());
    }
    Selection selection = selection(call, type);
    long limit = number(call.query().text("limit"), 0);
    if (selection == null || limit < 0) {
      return badSelector(call);
    }
    ObjectStore store = sandbox.state().store();
    String token = call.query().text("continue");
    String after = "";
    if (token != null && !token.isEmpty()) {
      ContinueToken from = ContinueToken.decode(token);
      if (from == null) {
        return call.answer(400, StatusObject.badRequest("continue key is not valid"));
      }
      if (from.revision() != store.revision()) {
        return call.answer(
            410,
            StatusObject.expired(
                "The provided continue parameter is too old to display a consistent list result."
                    + " You must start a new list without the continue parameter."));
      }
      after = from.after();
    }
    try {
      return page(call, view, selection, store, after, limit);
    } catch (UnknownFieldException unknown) {
      return call.answer(400, StatusObject.badRequest(String.valueOf(unknown.getMessage())));
    }
  }

  private static Response page(
      Call call,
      ObjectView view,
      Selection selection,
      ObjectStore store,
      String after,
      long limit) {
    List<StoredObject> found = new ArrayList<>();
    int remaining = 0;
    for (StoredObject object : store.all(selection.resource()).tailMap(after, false).values()) {
      if (!selection.matches(object)) {
        continue;
      }
      if (limit > 0 && found.size() >= limit) {
        remaining++;
      } else {
        found.add(object);
      }
    }
    String next =
        remaining == 0
            ? ""
            : new ContinueToken(store.revision(), found.get(found.size() - 1).key()).encode();
    return call.answer(
        200, view.list(found, store.revision(), next, remaining, Instant.now()), view.mediaType());
  }

  private Response watch(Call call, ResourceType type) {
    ObjectView view = ObjectView.wanted(call, type);
    if (view == null || view.mediaType() != MediaType.JSON) {
      return call.answer(406, StatusObject.notAcceptable());
    }
    Selection selection = named(selection(call, type), call);
    if (selection == null) {
      return badSelector(call);
    }
    ObjectStore store = sandbox.state().store();
    String version = call.query().text("resourceVersion");
    String initial = call.query().text("sendInitialEvents");
    boolean all =
        version == null || version.isEmpty() || version.equals("0") || "true".equals(initial);
    if (!all && number(version, -1) != store.revision()) {
      return call.answer(410, StatusObject.expired("too old resource version: " + version));
    }
    try {
      for (StoredObject object : store.objects(selection.resource())) {
        boolean unused = selection.matches(object);
      }
    } catch (UnknownFieldException unknown) {
      return call.answer(400, StatusObject.badRequest(String.valueOf(unknown.getMessage())));
    }
    long seconds = number(call.query().text("timeoutSeconds"), LONGEST_WATCH);
    return Response.streaming(
        MediaType.JSON.text(),
        new WatchStream(
            sandbox,
            selection,
            view,
            all ? ObjectStore.EMPTY : store,
            "true".equals(initial),
            "true".equals(call.query().text("allowWatchBookmarks")),
            Math.min(seconds <= 0 ? LONGEST_WATCH : seconds, LONGEST_WATCH),
            call::isStillAllowed));
  }

  // The old form /watch/ names one object in the path.
  private static @Nullable Selection named(@Nullable Selection selection, Call call) {
    List<String> parts = call.info().parts();
    FieldSelector one =
        selection == null || parts.size() < 2
            ? null
            : FieldSelector.ofText("metadata.name=" + parts.get(1));
    return selection == null || one == null
        ? selection
        : new Selection(selection.resource(), selection.namespace(), selection.labels(), one);
  }

  private static long number(@Nullable String text, long otherwise) {
    if (text == null || text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      return -1;
    }
  }
}
