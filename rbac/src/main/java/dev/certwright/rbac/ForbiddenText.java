package dev.certwright.rbac;

/** What an API server says to whom it refuses something: the message of its 403 (rule F-04). */
public final class ForbiddenText {
  private ForbiddenText() {}

  /**
   * The message.
   *
   * @param reason of the decision, may be empty
   */
  public static String of(Attributes asked, String reason) {
    boolean aboutResource = asked.resourceRequest();
    // Upstream names resource and group in front whenever there is one, also of requests about
    // paths.
    StringBuilder out = new StringBuilder(200).append(asked.resource());
    if (!asked.resource().isEmpty() || !asked.apiGroup().isEmpty()) {
      if (!asked.apiGroup().isEmpty()) {
        out.append('.').append(asked.apiGroup());
      }
      if (!asked.name().isEmpty()) {
        out.append(' ');
        GoText.appendQuoted(out, asked.name());
      }
      out.append(" is ");
    }
    out.append("forbidden: ");
    appendSafe(out, aboutResource ? resourceSentence(asked) : pathSentence(asked));
    return reason.isEmpty() ? out.toString() : out.append(": ").append(reason).toString();
  }

  private static String pathSentence(Attributes asked) {
    StringBuilder out = begin(asked).append(" path ");
    GoText.appendQuoted(out, asked.path());
    return out.toString();
  }

  private static String resourceSentence(Attributes asked) {
    StringBuilder out = begin(asked).append(" resource ");
    GoText.appendQuoted(
        out,
        asked.subresource().isEmpty()
            ? asked.resource()
            : asked.resource() + "/" + asked.subresource());
    out.append(" in API group ");
    GoText.appendQuoted(out, asked.apiGroup());
    if (asked.namespace().isEmpty()) {
      return out.append(" at the cluster scope").toString();
    }
    out.append(" in the namespace ");
    GoText.appendQuoted(out, asked.namespace());
    return out.toString();
  }

  private static StringBuilder begin(Attributes asked) {
    StringBuilder out = new StringBuilder(120).append("User ");
    GoText.appendQuoted(out, asked.user().name());
    return out.append(" cannot ").append(asked.verb());
  }

  private static void appendSafe(StringBuilder out, String sentence) {
    for (int i = 0; i < sentence.length(); i++) {
      char c = sentence.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
  }
}
