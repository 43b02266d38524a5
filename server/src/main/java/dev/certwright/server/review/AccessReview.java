package dev.certwright.server.review;

import dev.certwright.identity.Identity;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.pipeline.StatusObject.Cause;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import java.util.List;
import java.util.Set;

/** SubjectAccessReview, SelfSubjectAccessReview and LocalSubjectAccessReview. */
final class AccessReview implements ReviewEndpoint {
  // What only a server sets, upstream forgets before it looks.
  private static final Set<String> SYSTEM_FIELDS =
      Set.of(
          "creationTimestamp",
          "deletionGracePeriodSeconds",
          "deletionTimestamp",
          "managedFields",
          "selfLink",
          "uid");

  private final String kind;
  private final Authorizer authorizer;

  AccessReview(String kind, Authorizer authorizer) {
    this.kind = kind;
    this.authorizer = authorizer;
  }

  @Override
  public ReviewObject read(Call call) {
    return ReviewObject.read(call, ReviewRoutes.AUTHORIZATION, ReviewRoutes.VERSIONS, kind);
  }

  @Override
  public Response answer(Call call, ReviewObject review) {
    AccessSpec spec = new AccessSpec(review.spec());
    boolean self = kind.equals("SelfSubjectAccessReview");
    boolean local = kind.equals("LocalSubjectAccessReview");
    String namespace = ReviewObject.text(review.metadata(), "namespace");
    if (local && !namespace.isEmpty() && !namespace.equals(call.info().namespace())) {
      return call.answer(
          400,
          StatusObject.badRequest(
              "the namespace of the provided object does not match the namespace sent on the"
                  + " request"));
    }
    YamlMapping metadata = metadata(review.metadata(), local ? call.info().namespace() : "");
    List<Cause> causes = spec.problems(!self);
    checkPlace(spec, metadata, local ? call.info().namespace() : "", causes);
    if (!causes.isEmpty()) {
      return call.answer(422, StatusObject.invalid("", ReviewRoutes.AUTHORIZATION, causes));
    }
    Identity subject = self ? call.user() : spec.subject();
    YamlMapping status =
        AccessStatus.of(authorizer.authorize(spec.askedBy(subject)), spec.evaluationError());
    return call.created(review.with(metadata, review.spec(), status));
  }

  // What the store upstream makes of it: a namespace where there is one, none where there is none.
  static YamlMapping metadata(YamlMapping given, String namespace) {
    YamlMapping.Builder metadata = YamlMapping.builder();
    for (YamlMapping.Entry entry : given.entries()) {
      if (!entry.key().equals("namespace") && !SYSTEM_FIELDS.contains(entry.key())) {
        metadata.put(entry.key(), entry.value());
      }
    }
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return metadata.build();
  }

  private static void checkPlace(
      AccessSpec spec, YamlMapping metadata, String namespace, List<Cause> causes) {
    boolean local = !namespace.isEmpty();
    if (metadata.size() > (local ? 1 : 0)) {
      causes.add(
          AccessSpec.invalid(
              "metadata",
              JsonWriter.compact(metadata),
              local ? "must be empty except for namespace" : "must be empty"));
    }
    if (local && spec.isAboutResource() && !spec.namespace().equals(namespace)) {
      causes.add(
          AccessSpec.invalid(
              "spec.resourceAttributes.namespace",
              dev.certwright.rbac.GoText.quote(spec.namespace()),
              "must match metadata.namespace"));
    }
    if (local && spec.spec().get("nonResourceAttributes") != null) {
      causes.add(
          AccessSpec.invalid(
              "spec.nonResourceAttributes", spec.pathText(), "disallowed on this kind of request"));
    }
  }
}
