package dev.certwright.server.sandbox;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.FieldSelector;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.server.discovery.ResourceType;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.MediaType;
import dev.certwright.yaml.YamlMapping;
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
  // No protobuf: of most kinds nobody here knows which number each field has.
  private static final String FORMS = "application/json, application/yaml";
  private static final String STREAMED_FORMS = "application/json;stream=watch";
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
      return call.answer(406, StatusObject.notNegotiable(FORMS));
    }
    String problem = nameProblem(info.name());
    if (!problem.isEmpty()) {
      return call.answer(
          400,
          StatusObject.badRequest(
              "Name parameter invalid: " + GoText.quote(info.name()) + ": " + problem));
    }
    ObjectStore store = sandbox.state().store();
    String version = call.query().text("resourceVersion");
    Response refusal = version == null ? null : versionRefusal(call, version, store);
    if (refusal != null) {
      return refusal;
    }
    StoredObject object =
        store.find(ObjectStore.key(type), type.namespaced() ? info.namespace() : "", info.name());
    return object == null
        ? call.answer(404, StatusObject.notFound(info.name(), type.group(), type.resource()))
        : call.answer(200, view.one(object, Instant.now()), view.mediaType());
  }

  private static @Nullable Response versionRefusal(Call call, String version, ObjectStore store) {
    String problem = ListOptions.versionProblem(version);
    if (!problem.isEmpty()) {
      return call.answer(500, StatusObject.of(500, "", problem, null));
    }
    YamlMapping tooNew = ListOptions.tooNew(version, store.revision());
    return tooNew == null ? null : call.answer(504, tooNew);
  }

  private static String nameProblem(String name) {
    if (name.equals(".") || name.equals("..")) {
      return "may not be '" + name + "'";
    }
    return name.indexOf('%') >= 0 ? "may not contain '%'" : "";
  }

  private static Selection selection(Call call, ResourceType type) {
    String label = text(call, "labelSelector");
    LabelQuery labels = LabelQuery.of(label);
    if (labels == null) {
      throw refused(
          call,
          "the labelSelector "
              + GoText.quote(label)
              + " cannot be read; expected KEY, !KEY, KEY=VALUE, KEY!=VALUE, KEY in (VALUE,...) or"
              + " KEY notin (VALUE,...), with commas between them");
    }
    String field = text(call, "fieldSelector");
    FieldSelector fields = FieldSelector.ofText(field);
    if (fields == null) {
      throw refused(
          call,
          "invalid selector: '"
              + field
              + "'; can't understand '"
              + FieldSelector.unreadable(field)
              + "'");
    }
    return new Selection(
        ObjectStore.key(type), type.namespaced() ? call.info().namespace() : "", labels, fields);
  }

  private static String text(Call call, String key) {
    String text = call.query().text(key);
    return text == null ? "" : text;
  }

  private static RefusedException refused(Call call, String message) {
    return new RefusedException(call.answer(400, StatusObject.badRequest(message)));
  }

  private Response list(Call call, ResourceType type) {
    ObjectView view = ObjectView.wanted(call, type);
    if (view == null) {
      return call.answer(406, StatusObject.notNegotiable(FORMS));
    }
    try {
      return list(call, type, view, ListOptions.of(call, false));
    } catch (RefusedException refused) {
      return refused.response();
    } catch (UnknownFieldException unknown) {
      return call.answer(400, StatusObject.badRequest(String.valueOf(unknown.getMessage())));
    }
  }

  private Response list(Call call, ResourceType type, ObjectView view, ListOptions options) {
    Selection selection = selection(call, type);
    selection.requireKnown();
    ObjectStore store = sandbox.state().store();
    String after = "";
    if (options.next().isEmpty()) {
      String problem = ListOptions.versionProblem(options.version());
      if (!problem.isEmpty()) {
        return call.answer(400, StatusObject.badRequest("invalid resource version: " + problem));
      }
      YamlMapping tooNew = ListOptions.tooNew(options.version(), store.revision());
      if (tooNew != null) {
        return call.answer(504, tooNew);
      }
    } else {
      ContinueToken from = ContinueToken.decode(options.next());
      if (from == null) {
        return call.answer(
            400, StatusObject.badRequest("invalid continue token: continue key is not valid"));
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
    return page(call, view, selection, store, after, options.limit());
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
    // Of a selection upstream does not know how many are left.
    int told = selection.isAll() ? remaining : 0;
    return call.answer(
        200, view.list(found, store.revision(), next, told, Instant.now()), view.mediaType());
  }

  private Response watch(Call call, ResourceType type) {
    ObjectView view = ObjectView.wanted(call, type);
    if (view == null) {
      return call.answer(406, StatusObject.notNegotiable(FORMS));
    }
    try {
      return watch(call, type, view, ListOptions.of(call, true));
    } catch (RefusedException refused) {
      return refused.response();
    } catch (UnknownFieldException unknown) {
      return call.answer(400, StatusObject.badRequest(String.valueOf(unknown.getMessage())));
    }
  }

  private Response watch(Call call, ResourceType type, ObjectView view, ListOptions options) {
    Selection selection = named(selection(call, type), call);
    String problem = ListOptions.versionProblem(options.version());
    if (!problem.isEmpty()) {
      return call.answer(500, StatusObject.of(500, "", problem, null));
    }
    if (view.mediaType() != MediaType.JSON) {
      return call.answer(406, StatusObject.notNegotiable(STREAMED_FORMS));
    }
    ObjectStore store = sandbox.state().store();
    boolean initial = Boolean.TRUE.equals(options.initialEvents());
    boolean all = options.version().isEmpty() || options.version().equals("0") || initial;
    if (!all && Long.parseUnsignedLong(options.version()) != store.revision()) {
      return call.answer(
          410, StatusObject.expired("too old resource version: " + options.version()));
    }
    selection.requireKnown();
    if (sandbox.isFull()) {
      return call.answer(429, StatusObject.tooManyRequests()).with("Retry-After", "1");
    }
    long seconds = options.seconds();
    return Response.streaming(
        MediaType.JSON.text(),
        new WatchStream(
            sandbox,
            selection,
            view,
            all ? ObjectStore.EMPTY : store,
            initial,
            "true".equals(call.query().text("allowWatchBookmarks")),
            Math.min(seconds <= 0 ? LONGEST_WATCH : seconds, LONGEST_WATCH),
            call::isStillAllowed));
  }

  // The old form /watch/ names one object in the path.
  private static Selection named(Selection selection, Call call) {
    List<String> parts = call.info().parts();
    FieldSelector one =
        parts.size() < 2 ? null : FieldSelector.ofText("metadata.name=" + parts.get(1));
    return one == null
        ? selection
        : new Selection(selection.resource(), selection.namespace(), selection.labels(), one);
  }
}
