package dev.certwright.revocation.authorization;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.DenylistTooLargeException;
import dev.certwright.revocation.RefusalText;
import java.util.ArrayList;
import java.util.List;

/**
 * A list in the form of a match condition.
 *
 * @param name of the authorizer, or of the policy
 * @param condition CEL over a SubjectAccessReview, true for who is refused
 * @param message what they read
 */
public record Refusals(String name, String condition, String message) {
  /** The list that is there even if nothing is refused. */
  public static final String CERTIFICATES = "revoked-client-certificates";

  static final String CANARIES = "canary-client-certificates";
  private static final String SUSPENDED_CERTIFICATES = "suspended-client-certificates";
  private static final String USERS = "revoked-users";
  private static final String SUSPENDED_USERS = "suspended-users";

  private static final List<String> KINDS =
      List.of(CERTIFICATES, SUSPENDED_CERTIFICATES, USERS, SUSPENDED_USERS);

  /** Room is left for what stands around the names. */
  private static final int CODE_POINTS = 99_000;

  private static final int MOST = 60;

  /** Where the pieces of a condition come from: authorization and admission name them otherwise. */
  public record Variables(String extra, String user, String uid, String guard) {

    /** In match conditions of webhook authorizers (rule AC-10). */
    static final Variables AUTHORIZATION =
        new Variables("request.extra", "request.user", "request.uid", "");

    /** In admission policies, where absent fields have to be asked for. */
    public static final Variables ADMISSION =
        new Variables(
            "request.userInfo.extra",
            "request.userInfo.username",
            "request.userInfo.uid",
            "has(request.userInfo.extra) && ");
  }

  /**
   * Splits a denylist by the limits of expressions. The first is there even if nothing is refused,
   * so that one can see that it is set up.
   *
   * @throws DenylistTooLargeException if it is more than can be carried
   */
  public static List<Refusals> of(Denylist denylist, Variables variables) {
    denylist.requireCarriable();
    List<Refusals> all = new ArrayList<>();
    certificates(
        all,
        CERTIFICATES,
        RefusalText.of(Target.Kind.CREDENTIAL, EntryType.REVOKED),
        denylist.revoked().credentialIds(),
        variables);
    if (!denylist.suspended().credentialIds().isEmpty()) {
      certificates(
          all,
          SUSPENDED_CERTIFICATES,
          RefusalText.of(Target.Kind.CREDENTIAL, EntryType.SUSPENDED),
          denylist.suspended().credentialIds(),
          variables);
    }
    people(
        all,
        USERS,
        RefusalText.of(Target.Kind.USER, EntryType.REVOKED),
        denylist.revoked(),
        variables);
    people(
        all,
        SUSPENDED_USERS,
        RefusalText.of(Target.Kind.USER, EntryType.SUSPENDED),
        denylist.suspended(),
        variables);
    if (all.size() > MOST) {
      throw new DenylistTooLargeException(
          "the names to be refused fill " + all.size() + " lists, and " + MOST + " are the most");
    }
    return all;
  }

  /**
   * The same, and before them canaries, who are told which lists these are.
   *
   * @throws DenylistTooLargeException if it is more than can be carried
   */
  static List<Refusals> withCanaries(Denylist denylist) {
    List<Refusals> lists = of(denylist, Variables.AUTHORIZATION);
    if (!denylist.canaries().isEmpty()) {
      lists.add(
          0,
          canaries(
              condition(denylist.canaries(), IdLength.FULL, Variables.AUTHORIZATION),
              ListMark.of(lists)));
    }
    return lists;
  }

  /** Those who are told the mark of the lists behind them. */
  static Refusals canaries(String condition, String mark) {
    return new Refusals(CANARIES, condition, ListMark.message(mark));
  }

  private static void certificates(
      List<Refusals> all, String name, String message, List<String> ids, Variables variables) {
    IdLength length = IdLength.of(ids.size());
    int at = 0;
    do {
      int end = Math.min(ids.size(), at + length.perExpression());
      add(all, name, condition(ids.subList(at, end), length, variables), message);
      at = end;
    } while (at < ids.size());
  }

  private static String condition(List<String> ids, IdLength length, Variables variables) {
    StringBuilder condition = new StringBuilder(variables.guard());
    condition.append("'authentication.kubernetes.io/credential-id' in ");
    condition.append(variables.extra()).append(" &&\n").append(variables.extra());
    condition.append("['authentication.kubernetes.io/credential-id'].exists(v, ");
    condition.append(length.comparand()).append(" in [");
    for (int i = 0; i < ids.size(); i++) {
      condition.append(i == 0 ? "\n" : ",\n");
      CelText.appendLiteral(condition, length.listed(ids.get(i)));
    }
    return condition.append("])").toString();
  }

  private static void people(
      List<Refusals> all, String name, String message, Denylist.Names names, Variables variables) {
    of(all, name, message, names.users(), variables.user());
    of(all, name, message, names.uids(), variables.uid());
  }

  private static void of(
      List<Refusals> all, String name, String message, List<String> values, String variable) {
    StringBuilder condition = new StringBuilder();
    for (String value : values) {
      int before = condition.length();
      condition.append(before == 0 ? variable + " in [\n" : ",\n");
      int start = condition.length();
      CelText.appendLiteral(condition, value);
      if (condition.length() > CODE_POINTS) {
        if (condition.length() - start > CODE_POINTS - 100) {
          throw new DenylistTooLargeException(
              "a name of " + value.length() + " characters is longer than a list can carry");
        }
        String literal = condition.substring(start);
        condition.setLength(before);
        add(all, name, condition.append("]").toString(), message);
        condition.setLength(0);
        condition.append(variable).append(" in [\n").append(literal);
      }
    }
    if (condition.length() > 0) {
      add(all, name, condition.append("]").toString(), message);
    }
  }

  /** {@code revoked-users}, {@code revoked-users-2} and so on: names must differ (rule AC-02). */
  private static void add(List<Refusals> all, String name, String condition, String message) {
    int count = 1;
    for (Refusals other : all) {
      if (other.name.equals(name) || other.name.startsWith(name + "-")) {
        count++;
      }
    }
    all.add(new Refusals(count == 1 ? name : name + "-" + count, condition, message));
  }

  /** Its name without a number: what all parts of one list have in common. */
  public String kind() {
    for (String own : KINDS) {
      if (name.equals(own) || name.startsWith(own + "-")) {
        return own;
      }
    }
    return name;
  }

  /** Whether each name in it is whole, not shortened to the beginning of an id. */
  public boolean isWhole() {
    return !condition.contains(".substring(");
  }

  /** Whether an authorizer of this name is one of these. */
  static boolean isName(String name) {
    if (name.equals(CANARIES)) {
      return true;
    }
    for (String own : KINDS) {
      if (name.equals(own)) {
        return true;
      }
      if (name.startsWith(own + "-")) {
        String number = name.substring(own.length() + 1);
        if (!number.isEmpty() && number.length() < 4 && isDigits(number)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
