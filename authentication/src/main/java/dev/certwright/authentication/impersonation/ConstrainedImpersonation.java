package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Impersonation as kube-apiserver has it since 1.36: the constrained modes one after another, and
 * at last the classic one (rules CI-01 to CI-06). The mode that a client was last allowed is tried
 * first; answers are not remembered, which upstream does for ten seconds (rule CI-05).
 */
public final class ConstrainedImpersonation implements ImpersonationRules {
  private static final int CLIENTS = 10_000;
  private static final ImpersonationMode[] MODES = ImpersonationMode.values();

  // By the hash of the client's name, so that long names need no more memory; where two are alike
  // it is the order alone that changes.
  private final LinkedHashMap<Integer, ImpersonationMode> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ImpersonationMode> eldest) {
          return size() > CLIENTS;
        }
      };

  @Override
  public ImpersonationOutcome decide(Identity wanted, Attributes request, AccessCheck check) {
    int client = request.user().name().hashCode();
    ImpersonationMode before = lastOf(client);
    ImpersonationOutcome refused = null;
    if (before != null) {
      refused = before.decide(wanted, request, check);
      if (refused instanceof ImpersonationOutcome.Allowed) {
        return refused;
      }
    }
    for (ImpersonationMode mode : MODES) {
      ImpersonationOutcome outcome = mode == before ? null : mode.decide(wanted, request, check);
      if (outcome instanceof ImpersonationOutcome.Allowed) {
        remember(client, mode);
        return outcome;
      }
      refused = refused == null ? outcome : refused;
    }
    if (refused == null) {
      throw new IllegalStateException("the classic mode is for everybody");
    }
    return refused;
  }

  private @Nullable ImpersonationMode lastOf(int client) {
    synchronized (last) {
      return last.get(client);
    }
  }

  private void remember(int client, ImpersonationMode mode) {
    synchronized (last) {
      last.put(client, mode);
    }
  }

  @Override
  public String withoutUser(Identity wanted) {
    StringBuilder out = new StringBuilder("requested &user.DefaultInfo{Name:\"\", UID:");
    GoText.appendQuoted(out, wanted.uid());
    out.append(", Groups:");
    appendTexts(out, wanted.groups());
    out.append(", Extra:map[string][]string");
    if (wanted.extra().isEmpty()) {
      out.append("(nil)");
    } else {
      List<String> entries = new ArrayList<>();
      for (Map.Entry<String, List<String>> entry : wanted.extra().entrySet()) {
        StringBuilder text = new StringBuilder(GoText.quote(entry.getKey())).append(':');
        appendTexts(text, entry.getValue());
        entries.add(text.toString());
      }
      out.append('{').append(String.join(", ", entries)).append('}');
    }
    return out.append("} without impersonating a user name").toString();
  }

  private static void appendTexts(StringBuilder out, List<String> texts) {
    out.append("[]string");
    if (texts.isEmpty()) {
      out.append("(nil)");
      return;
    }
    out.append('{');
    for (int i = 0; i < texts.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      GoText.appendQuoted(out, texts.get(i));
    }
    out.append('}');
  }
}
