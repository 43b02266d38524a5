package dev.certwright.server.discovery;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The resources that a CustomResourceDefinition defines. */
final class CustomResources {
  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

  private CustomResources() {}

  /** One for each served version; none if the object is something else, or incomplete. */
  static List<ResourceType> of(YamlMapping object) {
    List<ResourceType> types = new ArrayList<>();
    if (!text(object, "kind").equals("CustomResourceDefinition")
        || !text(object, "apiVersion").startsWith("apiextensions.k8s.io/")) {
      return types;
    }
    YamlMapping spec = mapping(object, "spec");
    YamlMapping names = mapping(spec, "names");
    String group = text(spec, "group");
    String plural = text(names, "plural");
    String kind = text(names, "kind");
    if (group.isEmpty() || plural.isEmpty() || kind.isEmpty()) {
      return types;
    }
    String singular = text(names, "singular");
    for (YamlValue value : list(spec, "versions")) {
      if (value instanceof YamlMapping version
          && !text(version, "name").isEmpty()
          && version.get("served") instanceof YamlBoolean served
          && served.value()) {
        types.add(
            new ResourceType(
                group,
                text(version, "name"),
                plural,
                kind,
                singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular,
                text(spec, "scope").equals("Namespaced"),
                VERBS,
                texts(names, "shortNames"),
                texts(names, "categories"),
                subresources(version, kind),
                new ResourceType.Custom(
                    columns(version), mapping(mapping(version, "schema"), "openAPIV3Schema"))));
      }
    }
    return types;
  }

  private static List<Subresource> subresources(YamlMapping version, String kind) {
    YamlMapping subresources = mapping(version, "subresources");
    List<Subresource> found = new ArrayList<>();
    List<String> verbs = List.of("get", "patch", "update");
    if (subresources.get("scale") != null) {
      found.add(new Subresource("scale", "autoscaling", "v1", "Scale", verbs));
    }
    if (subresources.get("status") != null) {
      found.add(new Subresource("status", "", "", kind, verbs));
    }
    return found;
  }

  private static List<PrinterColumn> columns(YamlMapping version) {
    List<PrinterColumn> columns = new ArrayList<>();
    for (YamlValue value : list(version, "additionalPrinterColumns")) {
      if (value instanceof YamlMapping column) {
        columns.add(
            new PrinterColumn(
                text(column, "name"),
                text(column, "type"),
                text(column, "format"),
                text(column, "description"),
                priority(column),
                text(column, "jsonPath")));
      }
    }
    return columns;
  }

  private static long priority(YamlMapping column) {
    if (!(column.get("priority") instanceof YamlNumber number)) {
      return 0;
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException none) {
      return 0;
    }
  }

  private static YamlMapping mapping(YamlMapping object, String key) {
    return object.get(key) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
  }

  private static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  private static List<YamlValue> list(YamlMapping object, String key) {
    return object.get(key) instanceof YamlSequence list ? list.values() : List.of();
  }

  private static List<String> texts(YamlMapping object, String key) {
    List<String> texts = new ArrayList<>();
    for (YamlValue value : list(object, key)) {
      if (value instanceof YamlString text) {
        texts.add(text.value());
      }
    }
    return texts;
  }
}
