package dev.certwright.authentication.impersonation;

import dev.certwright.authentication.ClientRequest;
import dev.certwright.authentication.ExtraKey;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers by which a client asks to act as somebody else (rules I-01, I-02). */
public final class ImpersonationHeaders {
  private static final String PREFIX = "Impersonate-";
  private static final String EXTRA_PREFIX = "Impersonate-Extra-";

  private ImpersonationHeaders() {}

  /**
   * Whom a request names: just what the headers say, nothing is added. The keys of extra are in
   * Go's order of strings; those that mean the same are one.
   *
   * @return null if it has no such header; without a name if it names nobody, which is an error
   */
  public static @Nullable Identity wanted(ClientRequest request) {
    boolean any = false;
    Map<String, List<String>> extra = new TreeMap<>(GoText.ORDER);
    for (String header : request.headerNames()) {
      if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        continue;
      }
      if (header.regionMatches(true, 0, EXTRA_PREFIX, 0, EXTRA_PREFIX.length())) {
        any = true;
        extra
            .computeIfAbsent(
                ExtraKey.ofHeader(header.substring(EXTRA_PREFIX.length())),
                key -> new ArrayList<>())
            .addAll(request.headerValues(header));
      }
    }
    String name = request.header("Impersonate-User");
    String uid = request.header("Impersonate-Uid");
    List<String> groups = request.headerValues("Impersonate-Group");
    return any || !name.isEmpty() || !uid.isEmpty() || !groups.isEmpty()
        ? new Identity(name, uid, groups, extra)
        : null;
  }
}
