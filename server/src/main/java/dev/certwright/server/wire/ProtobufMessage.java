package dev.certwright.server.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a message has: as much of Kubernetes' {@code generated.proto} files as reviews and
 * Status need (rule KB-03).
 *
 * @param goType what upstream calls it, for messages
 * @param fields in the order of their numbers
 */
record ProtobufMessage(String goType, List<ProtobufField> fields) {
  private static final ProtobufMessage OWNER_REFERENCE =
      of(
          "OwnerReference",
          ProtobufField.alwaysText(1, "kind"),
          ProtobufField.alwaysText(3, "name"),
          ProtobufField.alwaysText(4, "uid"),
          ProtobufField.alwaysText(5, "apiVersion"),
          ProtobufField.bool(6, "controller"),
          ProtobufField.bool(7, "blockOwnerDeletion"));

  private static final ProtobufMessage MANAGED_FIELDS =
      of(
          "ManagedFieldsEntry",
          ProtobufField.text(1, "manager"),
          ProtobufField.text(2, "operation"),
          ProtobufField.text(3, "apiVersion"),
          ProtobufField.time(4, "time"),
          ProtobufField.text(6, "fieldsType"),
          ProtobufField.any(7, "fieldsV1"),
          ProtobufField.text(8, "subresource"));

  /** Of all objects. */
  static final ProtobufMessage OBJECT_META =
      of(
          "ObjectMeta",
          ProtobufField.text(1, "name"),
          ProtobufField.text(2, "generateName"),
          ProtobufField.text(3, "namespace"),
          ProtobufField.text(4, "selfLink"),
          ProtobufField.text(5, "uid"),
          ProtobufField.text(6, "resourceVersion"),
          ProtobufField.integer(7, "generation"),
          ProtobufField.time(8, "creationTimestamp"),
          ProtobufField.time(9, "deletionTimestamp"),
          ProtobufField.integer(10, "deletionGracePeriodSeconds"),
          ProtobufField.textMap(11, "labels"),
          ProtobufField.textMap(12, "annotations"),
          ProtobufField.list(13, "ownerReferences", OWNER_REFERENCE),
          ProtobufField.texts(14, "finalizers"),
          ProtobufField.list(17, "managedFields", MANAGED_FIELDS));

  private static final ProtobufMessage REQUIREMENT =
      of(
          "FieldSelectorRequirement",
          ProtobufField.alwaysText(1, "key"),
          ProtobufField.alwaysText(2, "operator"),
          ProtobufField.texts(3, "values"));

  private static final ProtobufMessage SELECTOR =
      of(
          "FieldSelectorAttributes",
          ProtobufField.text(1, "rawSelector"),
          ProtobufField.list(2, "requirements", REQUIREMENT));

  private static final ProtobufMessage RESOURCE_ATTRIBUTES =
      of(
          "ResourceAttributes",
          ProtobufField.text(1, "namespace"),
          ProtobufField.text(2, "verb"),
          ProtobufField.text(3, "group"),
          ProtobufField.text(4, "version"),
          ProtobufField.text(5, "resource"),
          ProtobufField.text(6, "subresource"),
          ProtobufField.text(7, "name"),
          ProtobufField.of(8, "fieldSelector", SELECTOR),
          ProtobufField.of(9, "labelSelector", SELECTOR));

  private static final ProtobufMessage NON_RESOURCE_ATTRIBUTES =
      of("NonResourceAttributes", ProtobufField.text(1, "path"), ProtobufField.text(2, "verb"));

  private static final ProtobufMessage ACCESS_STATUS =
      of(
          "SubjectAccessReviewStatus",
          ProtobufField.bool(1, "allowed"),
          ProtobufField.text(2, "reason"),
          ProtobufField.text(3, "evaluationError"),
          ProtobufField.bool(4, "denied"));

  private static final ProtobufMessage USER_INFO =
      of(
          "UserInfo",
          ProtobufField.text(1, "username"),
          ProtobufField.text(2, "uid"),
          ProtobufField.texts(3, "groups"),
          ProtobufField.listMap(4, "extra"));

  /** Of SubjectAccessReview and LocalSubjectAccessReview. */
  static final ProtobufMessage ACCESS_REVIEW =
      of(
          "SubjectAccessReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2,
              "spec",
              of(
                  "SubjectAccessReviewSpec",
                  ProtobufField.of(1, "resourceAttributes", RESOURCE_ATTRIBUTES),
                  ProtobufField.of(2, "nonResourceAttributes", NON_RESOURCE_ATTRIBUTES),
                  ProtobufField.text(3, "user"),
                  ProtobufField.texts(4, "groups"),
                  ProtobufField.listMap(5, "extra"),
                  ProtobufField.text(6, "uid"))),
          ProtobufField.of(3, "status", ACCESS_STATUS));

  /** The same in v1beta1, where groups are called otherwise. */
  static final ProtobufMessage BETA_ACCESS_REVIEW =
      of(
          "SubjectAccessReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2,
              "spec",
              of(
                  "SubjectAccessReviewSpec",
                  ProtobufField.of(1, "resourceAttributes", RESOURCE_ATTRIBUTES),
                  ProtobufField.of(2, "nonResourceAttributes", NON_RESOURCE_ATTRIBUTES),
                  ProtobufField.text(3, "user"),
                  ProtobufField.texts(4, "group"),
                  ProtobufField.listMap(5, "extra"),
                  ProtobufField.text(6, "uid"))),
          ProtobufField.of(3, "status", ACCESS_STATUS));

  /** Of SelfSubjectAccessReview. */
  static final ProtobufMessage SELF_ACCESS_REVIEW =
      of(
          "SelfSubjectAccessReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2,
              "spec",
              of(
                  "SelfSubjectAccessReviewSpec",
                  ProtobufField.of(1, "resourceAttributes", RESOURCE_ATTRIBUTES),
                  ProtobufField.of(2, "nonResourceAttributes", NON_RESOURCE_ATTRIBUTES))),
          ProtobufField.of(3, "status", ACCESS_STATUS));

  /** Of SelfSubjectRulesReview. */
  static final ProtobufMessage RULES_REVIEW =
      of(
          "SelfSubjectRulesReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2, "spec", of("SelfSubjectRulesReviewSpec", ProtobufField.text(1, "namespace"))),
          ProtobufField.of(
              3,
              "status",
              of(
                  "SubjectRulesReviewStatus",
                  ProtobufField.list(
                      1,
                      "resourceRules",
                      of(
                          "ResourceRule",
                          ProtobufField.texts(1, "verbs"),
                          ProtobufField.texts(2, "apiGroups"),
                          ProtobufField.texts(3, "resources"),
                          ProtobufField.texts(4, "resourceNames"))),
                  ProtobufField.list(
                      2,
                      "nonResourceRules",
                      of(
                          "NonResourceRule",
                          ProtobufField.texts(1, "verbs"),
                          ProtobufField.texts(2, "nonResourceURLs"))),
                  ProtobufField.bool(3, "incomplete"),
                  ProtobufField.text(4, "evaluationError"))));

  /** Of SelfSubjectReview. */
  static final ProtobufMessage SELF_REVIEW =
      of(
          "SelfSubjectReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2,
              "status",
              of("SelfSubjectReviewStatus", ProtobufField.of(1, "userInfo", USER_INFO))));

  /** Of TokenReview. */
  static final ProtobufMessage TOKEN_REVIEW =
      of(
          "TokenReview",
          ProtobufField.of(1, "metadata", OBJECT_META),
          ProtobufField.of(
              2,
              "spec",
              of(
                  "TokenReviewSpec",
                  ProtobufField.text(1, "token"),
                  ProtobufField.texts(2, "audiences"))),
          ProtobufField.of(
              3,
              "status",
              of(
                  "TokenReviewStatus",
                  ProtobufField.bool(1, "authenticated"),
                  ProtobufField.of(2, "user", USER_INFO),
                  ProtobufField.text(3, "error"),
                  ProtobufField.texts(4, "audiences"))));

  /** Of Status. */
  static final ProtobufMessage STATUS =
      of(
          "Status",
          ProtobufField.text(2, "status"),
          ProtobufField.text(3, "message"),
          ProtobufField.text(4, "reason"),
          ProtobufField.of(
              5,
              "details",
              of(
                  "StatusDetails",
                  ProtobufField.text(1, "name"),
                  ProtobufField.text(2, "group"),
                  ProtobufField.text(3, "kind"),
                  ProtobufField.list(
                      4,
                      "causes",
                      of(
                          "StatusCause",
                          ProtobufField.text(1, "reason"),
                          ProtobufField.text(2, "message"),
                          ProtobufField.text(3, "field"))),
                  ProtobufField.integer(5, "retryAfterSeconds"),
                  ProtobufField.text(6, "uid"))),
          ProtobufField.integer(6, "code"));

  /** Of an object of which only its metadata is wanted. */
  static final ProtobufMessage PARTIAL_METADATA =
      of("PartialObjectMetadata", ProtobufField.of(1, "metadata", OBJECT_META));

  private static ProtobufMessage of(String goType, ProtobufField... fields) {
    return new ProtobufMessage(goType, List.of(fields));
  }

  /** The message of a kind, null if it is none of these. */
  static @Nullable ProtobufMessage of(String kind) {
    return switch (kind) {
      case "SubjectAccessReview", "LocalSubjectAccessReview" -> ACCESS_REVIEW;
      case "SelfSubjectAccessReview" -> SELF_ACCESS_REVIEW;
      case "SelfSubjectRulesReview" -> RULES_REVIEW;
      case "SelfSubjectReview" -> SELF_REVIEW;
      case "TokenReview" -> TOKEN_REVIEW;
      case "Status" -> STATUS;
      case "PartialObjectMetadata" -> PARTIAL_METADATA;
      default -> null;
    };
  }

  @Nullable ProtobufField field(String name) {
    for (ProtobufField field : fields) {
      if (field.name().equals(name)) {
        return field;
      }
    }
    return null;
  }

  @Nullable ProtobufField field(int number) {
    for (ProtobufField field : fields) {
      if (field.number() == number) {
        return field;
      }
    }
    return null;
  }
}
