package dev.certwright.rbac.generator;

import java.util.List;
import java.util.Random;

/** Random request lines, most of them nearly right. */
public final class RandomRequests {
  private static final List<String> METHODS =
      List.of(
          "GET",
          "GET",
          "GET",
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "DELETE",
          "OPTIONS",
          "CONNECT",
          "TRACE",
          "get",
          "Get",
          "PROPFIND",
          "PRI",
          "G T",
          "",
          "G\u00cbT",
          "M-SEARCH",
          "A\"B",
          "PROXY");
  private static final List<String> SEGMENTS =
      List.of(
          "api",
          "apis",
          "v1",
          "apps",
          "namespaces",
          "namespaces",
          "pods",
          "watch",
          "proxy",
          "status",
          "finalize",
          "log",
          "exec",
          "n",
          "",
          "",
          ".",
          "..",
          "a%2Fb",
          "%2e",
          "%2F",
          "%",
          "%zz",
          "%C3%A9",
          "\u00e9",
          "%ff",
          "%ed%a0%80",
          "\uD83D\uDE00",
          "%20",
          "+",
          "a b",
          ";x",
          "a;b",
          "#f",
          "~",
          "[x]",
          "!$&'()*,=:@",
          "<\">",
          "\\",
          "%00",
          "Api",
          "NAMESPACES",
          "*",
          "metadata.name",
          "^|`{}",
          "%E2%82",
          "v1:x",
          "%25",
          "\u0001",
          "\u007f");
  private static final List<String> STARTS =
      List.of(
          "/api/v1/",
          "/api/v1/namespaces/n/",
          "/apis/apps/v1/",
          "/apis/apps/v1/namespaces/n/",
          "/api/v1/watch/",
          "/api/v1/proxy/",
          "/api/v1/watch/namespaces/n/",
          "/api/v1/namespaces/",
          "/",
          "//",
          "///",
          "",
          "/apis/",
          "/api/",
          "/api/v1/pods",
          "/api/v1/watch",
          "http://h/api/v1/",
          "HTTPS://u:p@h:1/api/v1/watch",
          "http:/api/v1/watch",
          "http:api/v1/watch",
          "h:1",
          "x:y:z/api/v1/",
          "http://h:x/",
          "http://[::1]/api/v1/watch/",
          "http://[1.2.3.4]/",
          "http://[::1%25eth0]:8/api/v1/watch",
          "http://%41/",
          "http://h%ff/",
          "http://a@b@c/api/v1/watch",
          "http://u%40:p%3A%41@h/api/v1/watch",
          ":x/",
          "1http://h/api/v1/pods",
          "http://h:1:2/",
          "ftp://h:1:2/api/v1/watch",
          "http://a<b/",
          "http:///api/v1/watch",
          "*",
          "mailto:x",
          "http://u^@h/",
          "http://[::ffff:1.2.3.4]/api/v1/",
          "http://[1:2:3:4:5:6:7:8]/",
          "http://[1:2:3:4:5:6:7::]/",
          "http://[1::2::3]/",
          "http://h]/api/v1/watch",
          "http://[::1/",
          "http://a[::1]/",
          "http://[::1]x/");
  private static final List<String> KEYS =
      List.of(
          "watch",
          "watch",
          "fieldSelector",
          "fieldSelector",
          "fieldSelector",
          "labelSelector",
          "labelSelector",
          "limit",
          "timeoutSeconds",
          "resourceVersion",
          "Watch",
          "w%61tch",
          "continue",
          "sendInitialEvents",
          "shardSelector",
          "allowWatchBookmarks",
          "x",
          "",
          "%zz");
  private static final List<String> VALUES =
      List.of(
          "",
          "true",
          "false",
          "0",
          "1",
          "FALSE",
          "False",
          "f",
          "no",
          "t+rue",
          "fal%C5%BFe",
          "00",
          "x",
          "-1",
          "+1",
          "9223372036854775807",
          "9223372036854775808",
          "1.5",
          "%31",
          "1 ",
          "1_0",
          "%ff",
          "a;b",
          "%zz",
          "a%3Bb");
  private static final List<String> FIELDS =
      List.of(
          "metadata.name=n",
          "metadata.name==n",
          "metadata.name!=n",
          "metadata.name=",
          "metadata.name",
          "metadata.name=a%2Fb",
          "metadata.name=..",
          "metadata.name=.",
          "metadata.name=a%25",
          "metadata.name=a\\,b",
          "metadata.name=a\\=b",
          "metadata.name=a\\\\b",
          "metadata.name=a\\x",
          "metadata.name=%ff",
          "metadata.name=%ff\\,",
          "metadata.name=\u00e9",
          "spec.nodeName=x",
          "metadata.namespace=n",
          "=",
          "==",
          "!=",
          "a",
          "metadata.name=b",
          "metadata.name=a",
          "Metadata.name=n",
          "+metadata.name=n",
          "metadata.name=+n",
          "metadata.name===n",
          "\\",
          "metadata.name=n\\",
          "metadata.name%3Dn",
          "metadata.name=\uFF5E",
          "metadata.name=\uD83D\uDE00");
  private static final List<String> LABELS =
      List.of(
          "a",
          "!a",
          "a=b",
          "a==b",
          "a!=b",
          "a+in+(b)",
          "a+in+(b,c)",
          "a+in+()",
          "a+in+(,)",
          "a+notin+(b,,c)",
          "a in (b)",
          "a+in+b",
          "a+in+(b",
          "a%3E1",
          "a%3Ex",
          "a%3C-5",
          "a<+5",
          "in",
          "notin",
          "in+in+(in,notin)",
          "a=in",
          "!",
          "!a=b",
          "a=b=c",
          "=b",
          "x.y/z=w",
          "/z",
          "x/y/z",
          "X.y/z",
          "a=-",
          "a=.b",
          "a=%00b",
          "a%00",
          "%00a=b",
          "a+b",
          "a,,b",
          ",a",
          "a,",
          "a>",
          "a=",
          "a=(b)",
          "a!b",
          "a=!b",
          "a===b",
          "a=><b",
          "a!==b",
          "a%09=%0Ab",
          "a=\u00e9",
          "%ff",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          "a+in+(%3D)",
          "a)(",
          "a=b+c",
          "a%0D%0A",
          "a+exists",
          "a><1",
          "-a",
          "a-",
          "a_b.c-d=e_f.g-h",
          "a=b,c!=d,!e,f");

  private final Random random;
  private final RandomTexts texts;

  /** Everything that follows depends on the random numbers alone. */
  public RandomRequests(Random random) {
    this.random = random;
    this.texts = new RandomTexts(random);
  }

  /** A method. */
  public String method() {
    return texts.one(METHODS);
  }

  /** A URL as it could stand on a request line. */
  public String url() {
    StringBuilder url = new StringBuilder(texts.one(STARTS));
    int segments = random.nextInt(5);
    for (int i = 0; i < segments; i++) {
      if (i > 0) {
        url.append('/');
      }
      url.append(texts.one(SEGMENTS));
    }
    if (random.nextInt(6) == 0) {
      url.append('/');
    }
    if (random.nextBoolean()) {
      query(url);
    }
    return url.toString();
  }

  private void query(StringBuilder url) {
    url.append('?');
    int parts = random.nextInt(4);
    for (int i = 0; i < parts; i++) {
      if (i > 0) {
        url.append(random.nextInt(20) == 0 ? ';' : '&');
      }
      String key = texts.one(KEYS);
      url.append(key);
      if (random.nextInt(8) == 0) {
        continue;
      }
      url.append('=');
      switch (key) {
        case "fieldSelector" -> selector(url, FIELDS);
        case "labelSelector" -> selector(url, LABELS);
        default -> url.append(texts.one(VALUES));
      }
    }
    if (random.nextInt(10) == 0) {
      url.append(texts.one(List.of("?", "#", "&", "&&", "%", "&=", "&watch")));
    }
  }

  private void selector(StringBuilder url, List<String> terms) {
    int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        url.append(random.nextBoolean() ? "," : "%2C");
      }
      url.append(texts.one(terms));
    }
  }
}
