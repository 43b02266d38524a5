package dev.certwright.conformance.differential;

import dev.certwright.authentication.impersonation.AccessCheck;
import dev.certwright.authentication.impersonation.ClassicImpersonation;
import dev.certwright.authentication.impersonation.ConstrainedImpersonation;
import dev.certwright.authentication.impersonation.ImpersonationHeaders;
import dev.certwright.authentication.impersonation.ImpersonationOutcome;
import dev.certwright.authentication.impersonation.ImpersonationRules;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ForbiddenText;
import dev.certwright.rbac.GoText;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One question of {@link ImpersonateMode}, answered by both. */
final class ImpersonateComparison {
  private final YamlMapping question;
  private final YamlMapping answer;
  private final List<String> checks = new ArrayList<>();

  ImpersonateComparison(YamlMapping question, YamlMapping answer) {
    this.question = question;
    this.answer = answer;
  }

  List<Difference> differences() {
    Identity client =
        new Identity(
            Choices.text(question, "user"),
            Choices.text(question, "uid"),
            Choices.texts(question, "groups"),
            lists(Choices.mapping(question, "extra")));
    Identity wanted = ImpersonationHeaders.wanted(AskedRequest.of(question));
    ImpersonationRules rules =
        question.get("constrained") instanceof YamlBoolean constrained && constrained.value()
            ? new ConstrainedImpersonation()
            : new ClassicImpersonation();
    String user = "null";
    String constraint = "";
    String reason = "";
    String message = "";
    if (wanted == null) {
      user = UserAnswer.of(client);
    } else if (wanted.name().isEmpty()) {
      reason = "BadRequest";
      message = rules.withoutUser(wanted);
    } else {
      ImpersonationOutcome outcome = rules.decide(wanted, request(client), this::judge);
      if (outcome instanceof ImpersonationOutcome.Allowed allowed) {
        user = UserAnswer.of(allowed.user());
        constraint = allowed.constraint();
      } else {
        ImpersonationOutcome.Refused refused = (ImpersonationOutcome.Refused) outcome;
        reason = "Forbidden";
        message = ForbiddenText.of(refused.asked(), refused.reason());
      }
    }
    List<Difference> differences = new ArrayList<>();
    UserAnswer.compare(differences, "user", user, UserAnswer.json(answer.get("user")));
    UserAnswer.compare(differences, "constraint", constraint, Choices.text(answer, "constraint"));
    UserAnswer.compare(
        differences,
        "checks",
        "[" + String.join(",", checks) + "]",
        UserAnswer.json(answer.get("checks")));
    UserAnswer.compare(differences, "reason", reason, Choices.text(answer, "reason"));
    UserAnswer.compare(
        differences,
        "message",
        comparable(GoText.replaceStray(message), wanted),
        comparable(Choices.text(answer, "message"), wanted));
    return differences;
  }

  // Which of several keys upstream names depends on the order in which it walks a map.
  private static String comparable(String message, @Nullable Identity wanted) {
    int key = message.indexOf(": impersonating ");
    if (wanted == null || wanted.extra().size() < 2) {
      return message;
    }
    if (wanted.name().isEmpty()) {
      return message.startsWith("requested [") ? "requested [...]" : message;
    }
    return key >= 0 && message.contains(" in extra is not allowed")
        ? message.substring(0, key)
        : message;
  }

  private Attributes request(Identity client) {
    YamlMapping request = Choices.mapping(question, "request");
    if (request.size() == 0) {
      return Attributes.ofPath(client, "get", "/version");
    }
    return new Attributes(
        client,
        Choices.text(request, "path").isEmpty(),
        Choices.text(request, "verb"),
        Choices.text(request, "namespace"),
        Choices.text(request, "apiGroup"),
        Choices.text(request, "apiVersion"),
        Choices.text(request, "resource"),
        Choices.text(request, "subresource"),
        Choices.text(request, "name"),
        Choices.text(request, "path"));
  }

  private AccessCheck.Answer judge(Attributes asked) {
    YamlMapping verdict = verdict(asked);
    String decision = verdict == null ? "" : Choices.text(verdict, "decision");
    decision = decision.equals("allow") || decision.equals("deny") ? decision : "noOpinion";
    YamlMapping.Builder check =
        YamlMapping.builder().put("verb", GoText.replaceStray(asked.verb()));
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("namespace", asked.namespace());
    fields.put("apiGroup", asked.apiGroup());
    fields.put("apiVersion", asked.apiVersion());
    fields.put("resource", asked.resource());
    fields.put("subresource", asked.subresource());
    fields.put("name", asked.name());
    fields.put("path", asked.path());
    fields.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            check.put(name, GoText.replaceStray(value));
          }
        });
    check.put("isResourceRequest", asked.resourceRequest()).put("user", asked.user().name());
    if (!asked.user().extra().isEmpty()) {
      YamlMapping.Builder extra = YamlMapping.builder();
      new TreeMap<>(asked.user().extra())
          .forEach((key, values) -> extra.put(key, YamlSequence.ofStrings(values)));
      check.put("extra", extra.build());
    }
    checks.add(JsonWriter.compact(check.put("decision", decision).build()));
    return new AccessCheck.Answer(
        decision.equals("allow"),
        verdict == null ? "" : Choices.text(verdict, "reason"),
        verdict == null ? "" : Choices.text(verdict, "error"));
  }

  private @Nullable YamlMapping verdict(Attributes asked) {
    if (question.get("verdicts") instanceof YamlSequence verdicts) {
      for (YamlValue value : verdicts.values()) {
        YamlMapping verdict = (YamlMapping) value;
        if (is(verdict, "verb", asked.verb())
            && is(verdict, "namespace", asked.namespace())
            && is(verdict, "apiGroup", asked.apiGroup())
            && is(verdict, "resource", asked.resource())
            && is(verdict, "subresource", asked.subresource())
            && is(verdict, "name", asked.name())) {
          return verdict;
        }
      }
    }
    return null;
  }

  private static boolean is(YamlMapping verdict, String field, String value) {
    return !(verdict.get(field) instanceof YamlString wanted) || wanted.value().equals(value);
  }

  private static Map<String, List<String>> lists(YamlMapping mapping) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : mapping.entries()) {
      lists.put(entry.key(), Choices.texts(mapping, entry.key()));
    }
    return lists;
  }
}
