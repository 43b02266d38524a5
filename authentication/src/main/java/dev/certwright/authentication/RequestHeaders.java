package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which headers a front proxy says whom it speaks for: {@code --requestheader-username-headers}
 * and so on (rule H-01). Names are compared without case.
 *
 * @param names the first that has a value names the user
 * @param uids the first that has a value is the uid
 * @param groups all values of all of them
 * @param extraPrefixes headers that begin so hold extra, the key being the rest of the name
 */
public record RequestHeaders(
    List<String> names, List<String> uids, List<String> groups, List<String> extraPrefixes) {

  /**
   * Trims and copies.
   *
   * @throws IllegalArgumentException in upstream's words, if one is blank
   */
  public RequestHeaders {
    names = trimmed(names);
    uids = trimmed(uids);
    groups = trimmed(groups);
    extraPrefixes = trimmed(extraPrefixes);
  }

  private static List<String> trimmed(List<String> headers) {
    List<String> trimmed = new ArrayList<>();
    for (String header : headers) {
      String name = GoSpaces.trim(header);
      if (name.isEmpty()) {
        throw new IllegalArgumentException("empty header \"" + header + "\"");
      }
      trimmed.add(name);
    }
    return List.copyOf(trimmed);
  }

  /**
   * Whom a request names; whether it may is not for this to say.
   *
   * @return null if nobody
   */
  public @Nullable Identity identity(ClientRequest request) {
    String name = first(request, names);
    if (name.isEmpty()) {
      return null;
    }
    List<String> inGroups = new ArrayList<>();
    for (String header : groups) {
      for (String value : request.headerValues(header)) {
        if (!value.isEmpty()) {
          inGroups.add(value);
        }
      }
    }
    return new Identity(name, first(request, uids), inGroups, extra(request));
  }

  private static String first(ClientRequest request, List<String> headers) {
    for (String header : headers) {
      String value = request.header(header);
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private Map<String, List<String>> extra(ClientRequest request) {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    for (String prefix : extraPrefixes) {
      for (String header : request.headerNames()) {
        if (header.regionMatches(true, 0, prefix, 0, prefix.length())) {
          extra
              .computeIfAbsent(
                  ExtraKey.ofHeader(header.substring(prefix.length())), key -> new ArrayList<>())
              .addAll(request.headerValues(header));
        }
      }
    }
    return extra;
  }
}
