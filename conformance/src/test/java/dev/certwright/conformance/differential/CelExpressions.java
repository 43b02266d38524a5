package dev.certwright.conformance.differential;

/**
 * Random CEL expressions over {@code claims} or {@code user}: of every library that kube-apiserver
 * has for them, mostly of the right type, and some of another one or no expression at all.
 */
final class CelExpressions {
  private static final int DEPTH = 3;

  private static final String[] CLAIM_TEXTS = {
    "claims.sub",
    "claims.email",
    "claims.hd",
    "claims['sub']",
    "claims.nested.team",
    "claims.?email.orValue('none')",
    "claims[?'hd'].orValue('')",
    "claims.missing",
    "claims.?nested.?deep.?x.orValue('n')",
    "claims['a.b']",
    "claims.roles[0]",
    "claims.?roles[?0].orValue('first')",
    "claims.level",
    "claims.__if__",
    "claims['if']"
  };
  private static final String[] USER_TEXTS = {
    "user.username",
    "user.uid",
    "user.groups[0]",
    "user.extra['example.com/k'][0]",
    "user.?uid.orValue('x')",
    "user.?groups[?0].orValue('y')",
    "user.extra[?'example.com/k'].orValue(['z'])[0]",
    "user.missing"
  };
  private static final String[] CLAIM_LISTS = {
    "claims.roles",
    "claims.?roles.orValue([])",
    "claims.tags",
    "claims.aud",
    "claims.?tags.orValue(['t'])"
  };
  private static final String[] USER_LISTS = {
    "user.groups", "user.?groups.orValue([])", "user.extra['example.com/k']"
  };
  private static final String[] CLAIM_CONDITIONS = {
    "has(claims.email)",
    "'hd' in claims",
    "claims.email_verified == true",
    "claims.?email_verified.orValue(true) == true",
    "has(claims.nested.team)",
    "claims.level > 5",
    "claims.level == 7.0",
    "claims.sub == 'jane'",
    "type(claims.level) == double",
    "claims.email_verified",
    "claims.nested == {'team': 'a'}",
    "has(claims.nested.deep.x)",
    "claims.roles == ['devs']",
    "claims == claims",
    "size(claims) > 0",
    "claims.tags[0] == claims.level"
  };
  private static final String[] USER_CONDITIONS = {
    "has(user.uid)", "has(user.groups)", "has(user.extra)", "'example.com/k' in user.extra",
    "user.groups == ['devs']", "user.extra == {}", "user == user", "user.username != ''"
  };
  private static final String[] TEXTS = {
    "''",
    "'a'",
    "'jane'",
    "\"devs\"",
    "'é'",
    "'\\u00e9'",
    "r'\\d'",
    "'A,b,,C'",
    "'10.0.0.1'",
    "'::1'",
    "'::ffff:1.2.3.4'",
    "'10.0.0.0/8'",
    "'10.1.2.3/8'",
    "'https://h.example:8443/p%20q?a=b&a=c#f'",
    "'1.5Gi'",
    "'200K'",
    "'-0.5'",
    "'1e3'",
    "'12n'",
    "'1.2.3-rc.1+b'",
    "'v1.02'",
    "'my-label'",
    "'My_label.'",
    "'2026-02-30'",
    "'2026-01-01'",
    "'2026-01-01T00:00:00Z'",
    "'aGVsbG8='",
    "'123e4567-e89b-12d3-a456-426614174000'",
    "'system:x'",
    "'%s'",
    "'x' * 2",
    "'''q'''"
  };
  private static final String[] PATTERNS = {
    "'^[a-z]+$'",
    "'[a-z]+'",
    "'(a|b)*'",
    "''",
    "'\\\\d{1,3}'",
    "'('",
    "'(?i)DEVS'",
    "'\\\\p{L}+'",
    "'a{2000}'"
  };
  private static final String[] WRONG = {
    "",
    " ",
    "claims.",
    "user.",
    "1 +",
    "'a",
    "claims.sub +",
    "f(claims)",
    "claims.sub.f()",
    "1 + 'a'",
    "[1, 'a']",
    "{'a': 1, 2: 3}",
    "if",
    "claims.in",
    "claims.sub ? 'a' : 'b'",
    "true ? 'a' : 1",
    "-'a'",
    "!claims.sub",
    "a.b.c",
    "claims.sub // comment",
    "9223372036854775808",
    "0x1F",
    "1.0e400",
    "b'a'",
    "'\\q'",
    "null",
    "claims",
    "user",
    "kubernetes.UserInfo{username: 'a'}",
    "duration('1x')",
    "timestamp('x')",
    "'a'.matches('(')",
    "authorizer.path('/').check('get').allowed()",
    "has(claims)",
    "[1].map(x)",
    "claims.map(k, k)",
    "[1, 2].all(i, j)",
    "1 == 1.0",
    "'a' < 1",
    "1u + 1",
    "[[1], ['a']]",
    "dyn(1) + dyn('a')",
    "type(1)",
    "optional.none()",
    "''.format([])",
    "jsonpatch.escapeKey('a')"
  };
  private static final String[] FORMATS = {
    "dns1123Label",
    "dns1123Subdomain",
    "dns1035Label",
    "qualifiedName",
    "dns1123LabelPrefix",
    "dns1123SubdomainPrefix",
    "dns1035LabelPrefix",
    "labelValue",
    "uri",
    "uuid",
    "byte",
    "date",
    "datetime"
  };

  private final Choices choices;
  private final boolean overUser;

  private CelExpressions(Choices choices, boolean overUser) {
    this.choices = choices;
    this.overUser = overUser;
  }

  /** What gives a string, where claims are there. */
  static String text(Choices choices) {
    return new CelExpressions(choices, false).mostly(0);
  }

  /** What gives a string or strings. */
  static String textOrTexts(Choices choices) {
    return new CelExpressions(choices, false).mostly(choices.once(2) ? 0 : 1);
  }

  /** What is true or false. */
  static String condition(Choices choices, boolean overUser) {
    return new CelExpressions(choices, overUser).mostly(2);
  }

  private String mostly(int type) {
    if (choices.once(14)) {
      return choices.of(WRONG);
    }
    return of(choices.once(14) ? choices.below(4) : type, choices.below(DEPTH + 1));
  }

  private String of(int type, int depth) {
    return switch (type) {
      case 0 -> text(depth);
      case 1 -> list(depth);
      case 2 -> condition(depth);
      default -> number(depth);
    };
  }

  private String leaf(String[] ofClaims, String[] ofUser, String[] others) {
    return choices.once(3) ? choices.of(others) : choices.of(overUser ? ofUser : ofClaims);
  }

  private String text(int depth) {
    if (depth == 0) {
      return leaf(CLAIM_TEXTS, USER_TEXTS, TEXTS);
    }
    int less = depth - 1;
    return switch (choices.below(24)) {
      case 0, 1, 2 -> text(less) + " + " + text(less);
      case 3 -> "(" + condition(less) + " ? " + text(less) + " : " + text(less) + ")";
      case 4 -> text(less) + choices.of(".lowerAscii()", ".upperAscii()", ".trim()", ".charAt(0)");
      case 5 -> text(less) + ".substring(" + number(0) + ")";
      case 6 -> text(less) + ".substring(0, " + number(0) + ")";
      case 7 ->
          text(less) + ".replace(" + text(0) + ", " + text(0) + choices.of("", ", 1", ", -1") + ")";
      case 8 ->
          list(less)
              + choices.of(
                  ".join(',')", ".join()", "[0]", "[size(claims.sub)]", ".max()", ".min()");
      case 9 -> text(less) + ".find(" + choices.of(PATTERNS) + ")";
      case 10 ->
          "url("
              + text(0)
              + ")."
              + choices.of(
                  "getHost()", "getHostname()", "getScheme()", "getPort()", "getEscapedPath()");
      case 11 -> "url(" + text(0) + ").getQuery()['a'].join('')";
      case 12 -> "string(" + choices.of("ip(", "cidr(") + text(0) + "))";
      case 13 -> "string(cidr(" + text(0) + ")" + choices.of(".masked())", ".ip())");
      case 14 -> "string(" + number(less) + ")";
      case 15 ->
          choices.of(
                  "'%s-%d'",
                  "'%s'", "'%.2f %s'", "'%x|%X|%b|%o|%e'", "'%%%s'", "'%d%d'", "'%'", "'%q'")
              + ".format(["
              + choices.of(text(0), number(0), list(0), condition(0))
              + choices.of("", ", " + number(0), ", " + text(0))
              + "])";
      case 16 -> "strings.quote(" + text(less) + ")";
      case 17 ->
          choices.of("optional.of(", "optional.ofNonZeroValue(")
              + text(less)
              + ")"
              + choices.of(".value()", ".orValue('o')", ".or(optional.of('p')).value()");
      case 18 -> "optional.of(" + text(0) + ").optMap(v, v + 'm').orValue('n')";
      case 19 -> "dyn(" + text(less) + ")";
      case 20 ->
          "format."
              + choices.of(FORMATS)
              + "().validate("
              + text(0)
              + ")"
              + choices.of(".value().join('|')", ".orValue([]).join('|')");
      case 21 ->
          "format.named('"
              + choices.of(FORMATS)
              + "').value().validate("
              + text(0)
              + ").orValue(['fine'])[0]";
      case 22 ->
          "{'a': " + text(less) + "}" + choices.of("['a']", ".a", "['b']", ".?b.orValue('b')");
      default -> text(less);
    };
  }

  private String list(int depth) {
    if (depth == 0) {
      return leaf(
          CLAIM_LISTS,
          USER_LISTS,
          new String[] {"['a', 'b', 'a']", "[]", "['devs']", "['c', '', 'é']", "[['a']]"});
    }
    int less = depth - 1;
    return switch (choices.below(18)) {
      case 0 -> "[" + text(less) + ", " + text(0) + "]";
      case 1 -> "[?optional.of(" + text(0) + "), ?optional.none(), " + text(0) + "]";
      case 2 -> list(less) + ".map(r, 'g:' + r)";
      case 3 -> list(less) + ".map(r, r != '', r)";
      case 4 ->
          list(less)
              + ".filter(r, r"
              + choices.of(" != 'x')", ".startsWith('d'))", " in " + list(0) + ")");
      case 5 -> list(less) + " + " + list(less);
      case 6 -> text(less) + ".split(" + choices.of("','", "''", "',', 2", "',', 0", "','") + ")";
      case 7 ->
          text(less)
              + ".findAll("
              + choices.of(PATTERNS)
              + choices.of("", ", 1", ", 0", ", -1")
              + ")";
      case 8 -> list(less) + ".slice(" + choices.of("0, 1", "0, 0", "1, 2", "1, 0", "-1, 1") + ")";
      case 9 ->
          list(less)
              + choices.of(
                  ".distinct()", ".reverse()", ".flatten()", ".flatten(1)", ".flatten(-1)");
      case 10 -> "lists.range(" + choices.of("3", "0", "-1", number(0)) + ").map(i, string(i))";
      case 11 ->
          list(less) + ".transformList(i, v, " + choices.of("v", "string(i) + v", "i > 0, v") + ")";
      case 12 ->
          choices.of("{'a': 'x'}", "claims.nested", "url(" + text(0) + ").getQuery()")
              + choices.of(".map(k, k)", ".transformList(k, v, k)", ".filter(k, k != 'a')");
      case 13 -> "(" + condition(less) + " ? " + list(less) + " : " + list(0) + ")";
      case 14 -> "dyn(" + list(less) + ")";
      case 15 -> "cel.bind(x, " + list(0) + ", x + x)";
      case 16 -> list(0) + ".transformMap(i, v, v).map(k, string(k))";
      default -> list(less);
    };
  }

  private String condition(int depth) {
    if (depth == 0) {
      return leaf(
          CLAIM_CONDITIONS,
          USER_CONDITIONS,
          new String[] {"true", "false", "1 < 2", "1 == 1.0", "2u < 3u"});
    }
    int less = depth - 1;
    return switch (choices.below(28)) {
      case 0, 1 -> text(less) + choices.of(" == ", " != ", " < ", " >= ") + text(less);
      case 2 -> text(less) + " in " + list(less);
      case 3 -> text(less) + choices.of(".startsWith(", ".endsWith(", ".contains(") + text(0) + ")";
      case 4 -> text(less) + ".matches(" + choices.of(PATTERNS) + ")";
      case 5, 6 -> condition(less) + choices.of(" && ", " || ") + condition(less);
      case 7 -> "!(" + condition(less) + ")";
      case 8 -> number(less) + choices.of(" == ", " < ", " > ", " <= ", " != ") + number(less);
      case 9 ->
          list(less)
              + choices.of(".exists(", ".all(", ".exists_one(", ".existsOne(")
              + "r, r"
              + choices.of(" == 'devs'", " != ''", ".startsWith('d')", " in " + list(0))
              + ")";
      case 10 ->
          list(less) + choices.of(".all(", ".exists(", ".existsOne(") + "i, r, i < 1 || r != '')";
      case 11 ->
          "sets."
              + choices.of("contains(", "intersects(", "equivalent(")
              + list(less)
              + ", "
              + list(less)
              + ")";
      case 12 ->
          choices.of("isURL(", "isIP(", "isCIDR(", "isQuantity(", "isSemver(") + text(less) + ")";
      case 13 -> "isSemver(" + text(0) + ", " + choices.of("true", "false") + ")";
      case 14 ->
          "ip("
              + text(0)
              + ")."
              + choices.of(
                  "isLoopback()",
                  "isUnspecified()",
                  "isGlobalUnicast()",
                  "isLinkLocalUnicast()",
                  "isLinkLocalMulticast()",
                  "family() == 4");
      case 15 -> "ip.isCanonical(" + text(0) + ")";
      case 16 ->
          "cidr("
              + text(0)
              + ")."
              + choices.of(
                  "containsIP(" + text(0) + ")",
                  "containsIP(ip(" + text(0) + "))",
                  "containsCIDR(" + text(0) + ")",
                  "prefixLength() == 8");
      case 17 ->
          "quantity("
              + text(0)
              + ")"
              + choices.of(
                  ".isGreaterThan(quantity(" + text(0) + "))",
                  ".isLessThan(quantity(" + text(0) + "))",
                  ".isInteger()",
                  " == quantity(" + text(0) + ")");
      case 18 ->
          "semver("
              + text(0)
              + choices.of("", ", true")
              + ")"
              + choices.of(
                  ".isGreaterThan(semver('1.2.3'))",
                  ".isLessThan(semver(" + text(0) + "))",
                  " == semver('1.2.3')");
      case 19 -> "format." + choices.of(FORMATS) + "().validate(" + text(less) + ").hasValue()";
      case 20 -> "format.named(" + choices.of("'uri'", "'nothing'", text(0)) + ").hasValue()";
      case 21 -> list(less) + choices.of(".isSorted()", ".size() > 1", " == []", ".includes('a')");
      case 22 ->
          choices.of("timestamp('2026-01-01T00:00:00Z')", "timestamp(" + text(0) + ")")
              + choices.of(
                  " < timestamp('2027-01-01T00:00:00+01:00')",
                  ".getFullYear() == 2026",
                  ".getDayOfWeek('Europe/Berlin') == 4",
                  " + duration('1h') > timestamp(0)");
      case 23 ->
          "duration("
              + choices.of("'1h'", "'60s'", "'1ms'", text(0))
              + ")"
              + choices.of(" > duration('1m')", ".getSeconds() == 60", ".getHours() > 0");
      case 24 ->
          "type("
              + choices.of(text(0), list(0), number(0))
              + ") == "
              + choices.of("string", "list", "int", "double", "map");
      case 25 ->
          "optional."
              + choices.of("of(", "ofNonZeroValue(")
              + text(0)
              + ")"
              + choices.of(
                  ".hasValue()",
                  " == optional.none()",
                  ".optFlatMap(v, optional.none()).hasValue()");
      case 26 -> loops();
      default -> condition(less);
    };
  }

  /** Some go round often enough for a bound. */
  private String loops() {
    return "lists.range("
        + choices.of("2", "10", "40", "90")
        + ").all(i, lists.range("
        + choices.of("3", "20", "90")
        + ").all(j, lists.range("
        + choices.of("2", "20", "90")
        + ").all(k, i + j + k >= 0)))";
  }

  private String number(int depth) {
    if (depth == 0) {
      return choices.of(
          "0",
          "1",
          "2",
          "-1",
          "7",
          "9223372036854775807",
          "1.5",
          "-0.0",
          "2u",
          "1e6",
          "0.1",
          overUser ? "size(user.groups)" : "claims.level",
          overUser ? "user.uid.size()" : "size(claims.sub)");
    }
    int less = depth - 1;
    return switch (choices.below(16)) {
      case 0 -> "size(" + choices.of(text(less), list(less)) + ")";
      case 1 -> list(less) + ".size()";
      case 2 ->
          text(less) + choices.of(".indexOf(", ".lastIndexOf(") + text(0) + choices.of(")", ", 1)");
      case 3, 4 -> number(less) + choices.of(" + ", " - ", " * ", " / ", " % ") + number(less);
      case 5 ->
          choices.of("int(", "double(", "uint(")
              + choices.of("'7'", "'x'", "'1.5'", number(0), text(0))
              + ")";
      case 6 ->
          "["
              + number(0)
              + ", "
              + number(0)
              + "]"
              + choices.of(".sum()", ".max()", ".min()", ".indexOf(1)", ".lastIndexOf(1)", "[0]");
      case 7 -> list(less) + choices.of(".indexOf('a')", ".lastIndexOf('a')");
      case 8 ->
          "quantity("
              + text(0)
              + ")"
              + choices.of(
                  ".asInteger()",
                  ".asApproximateFloat()",
                  ".compareTo(quantity(" + text(0) + "))",
                  ".add(quantity('1k')).asInteger()",
                  ".sub(20).asApproximateFloat()",
                  ".add(1).compareTo(quantity('2'))");
      case 9 -> "sign(quantity(" + text(0) + "))";
      case 10 ->
          "semver("
              + text(0)
              + choices.of("", ", true", ", false")
              + ")"
              + choices.of(".major()", ".minor()", ".patch()", ".compareTo(semver('1.2.3'))");
      case 11 ->
          "timestamp('2026-03-01T10:20:30.5Z')."
              + choices.of(
                  "getHours()",
                  "getDate()",
                  "getDayOfYear()",
                  "getMonth()",
                  "getMilliseconds()",
                  "getMinutes('-01:30')");
      case 12 -> "-(" + number(less) + ")";
      case 13 -> "(" + condition(less) + " ? " + number(0) + " : " + number(0) + ")";
      case 14 -> "duration('90m')." + choices.of("getHours()", "getMinutes()", "getMilliseconds()");
      default -> number(less);
    };
  }
}
