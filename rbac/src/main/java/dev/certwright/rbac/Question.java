package dev.certwright.rbac;

import org.jspecify.annotations.Nullable;

/** The part of {@link Attributes} that rules are compared with, prepared once for all of them. */
final class Question {
  final boolean resource;
  final String verb;
  final String group;

  /** {@code resource/subresource} as rules write it (rule RB-04). */
  final String fullResource;

  final String subresource;
  final String name;
  final String path;

  /** Two bits of 64 for the resources that may match exactly; see {@link RuleMatcher}. */
  final long bits;

  private @Nullable String anyWithSubresource;

  Question(Attributes attributes) {
    resource = attributes.resourceRequest();
    verb = attributes.verb();
    group = attributes.apiGroup();
    subresource = attributes.subresource();
    fullResource =
        subresource.isEmpty()
            ? attributes.resource()
            : attributes.resource().concat("/").concat(subresource);
    name = attributes.name();
    path = attributes.path();
    bits = bit(fullResource);
  }

  /** One bit of 64 that a text has. */
  static long bit(String text) {
    return 1L << (text.hashCode() * 0x9E3779B9 >>> 26);
  }

  /** The rule entry that matches this subresource of every resource; only if there is one. */
  String anyWithSubresource() {
    String text = anyWithSubresource;
    if (text == null) {
      text = "*/".concat(subresource);
      anyWithSubresource = text;
    }
    return text;
  }
}
