package dev.certwright.rbac.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestInfoResolverTest {
  private static String text(String written) {
    return written == null ? "" : written;
  }

  @ParameterizedTest(name = "[{index}] {0} {1}")
  @CsvSource({
    "GET,     /api/v1/namespaces,                              list,   '', v1,   '',    namespaces,  '',       ''",
    "GET,     /api/v1/namespaces/other,                        get,    '', v1,   other, namespaces,  '',       other",
    "GET,     /api/v1/namespaces/other/status,                 get,    '', v1,   other, namespaces,  status,   other",
    "PUT,     /api/v1/namespaces/other/finalize,               update, '', v1,   other, namespaces,  finalize, other",
    "GET,     /api/v1/namespaces/other/pods,                   list,   '', v1,   other, pods,        '',       ''",
    "GET,     /api/v1/namespaces/other/pods/foo,               get,    '', v1,   other, pods,        '',       foo",
    "HEAD,    /api/v1/namespaces/other/pods/foo,               get,    '', v1,   other, pods,        '',       foo",
    "HEAD,    /api/v1/namespaces/other/pods,                   list,   '', v1,   other, pods,        '',       ''",
    "GET,     /api/v1/namespaces//pods,                        list,   '', v1,   '',    pods,        '',       ''",
    "GET,     /api/v1//pods,                                   get,    '', v1,   '',    '',          '',       pods",
    "GET,     /api//v1/pods,                                   get,    '', '',   '',    v1,          '',       pods",
    "GET,     /api/v1/x,                                       list,   '', v1,   '',    x,           '',       ''",
    "POST,    /api/v1/namespaces/n/pods/p/exec,                create, '', v1,   n,     pods,        exec,     p",
    "GET,     /api/v1/namespaces/n/pods/p/proxy/a/b,           get,    '', v1,   n,     pods,        proxy,    p",
    "PATCH,   /apis/apps/v1/namespaces/n/deployments/d/scale,  patch,  apps, v1, n,     deployments, scale,    d",
    "DELETE,  /apis/apps/v1/namespaces/n/deployments,          deletecollection, apps, v1, n, deployments, '', ''",
    "DELETE,  /apis/apps/v1/namespaces/n/deployments/d,        delete, apps, v1, n,     deployments, '',       d",
    "GET,     /api/v1/watch/namespaces/other/pods/foo,         watch,  '', v1,   other, pods,        '',       foo",
    "POST,    /api/v1/watch/pods,                              watch,  '', v1,   '',    pods,        '',       ''",
    "GET,     /api/v1/watch/namespaces/other/pods/foo/sub,     watch,  '', v1,   other, pods,        sub,      foo",
    "GET,     /api/v1/proxy/namespaces/other/pods/foo/sub,     proxy,  '', v1,   other, pods,        '',       foo",
    "OPTIONS, /api/v1/pods,                                    '',     '', v1,   '',    pods,        '',       ''",
    "PROPFIND,/api/v1/pods,                                    '',     '', v1,   '',    pods,        '',       ''",
    "get,     /api/v1/pods,                                    '',     '', v1,   '',    pods,        '',       ''",
    "GET,     /api/v1/pods/a%2Fb,                              get,    '', v1,   '',    pods,        b,        a",
    "GET,     /api/v1/pods/%2e%2e,                             get,    '', v1,   '',    pods,        '',       ..",
    "GET,     //api/v1/pods/,                                  list,   '', v1,   '',    pods,        '',       ''",
    "GET,     http://host:1/api/v1/pods,                       list,   '', v1,   '',    pods,        '',       ''",
  })
  void paths_of_resources_give_attributes_R_05_to_R_10_RS_16_to_RS_21(
      String method,
      String url,
      String verb,
      String group,
      String version,
      String namespace,
      String resource,
      String subresource,
      String name) {
    RequestInfo info = RequestInfoResolver.resolve(method, url);
    assertThat(info.resourceRequest()).isTrue();
    assertThat(info.verb()).isEqualTo(text(verb));
    assertThat(info.apiGroup()).isEqualTo(text(group));
    assertThat(info.apiVersion()).isEqualTo(text(version));
    assertThat(info.namespace()).isEqualTo(text(namespace));
    assertThat(info.resource()).isEqualTo(text(resource));
    assertThat(info.subresource()).isEqualTo(text(subresource));
    assertThat(info.name()).isEqualTo(text(name));
  }

  @ParameterizedTest(name = "[{index}] {0} {1}")
  @CsvSource({
    "GET,     /,                   /,                  get",
    "GET,     /healthz,            /healthz,           get",
    "HEAD,    /healthz/,           /healthz/,          head",
    "OPTIONS, /version/foo/bar,    /version/foo/bar,   options",
    "GET,     /api,                /api,               get",
    "GET,     /api/v1,             /api/v1,            get",
    "GET,     /api/v1/,            /api/v1/,           get",
    "GET,     /apis/apps,          /apis/apps,         get",
    "GET,     /apis/apps/v1,       /apis/apps/v1,      get",
    "GET,     /Api/v1/pods,        /Api/v1/pods,       get",
    "GET,     /openapi/v3/api/v1,  /openapi/v3/api/v1, get",
    "Foo,     /a%20b/%2e./x,       '/a b/../x',        foo",
    "GET,     *,                   *,                  get",
    "CONNECT, host:443,            '',                 connect",
    "GET,     //x,                 //x,                get",
  })
  void other_paths_are_no_resources_R_03_R_04(String method, String url, String path, String verb) {
    RequestInfo info = RequestInfoResolver.resolve(method, url);
    assertThat(info.resourceRequest()).isFalse();
    assertThat(info.path()).isEqualTo(text(path));
    assertThat(info.verb()).isEqualTo(verb);
    assertThat(info.parts()).isEmpty();
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource({
    "watch,                watch",
    "watch=,               watch",
    "watch=true,           watch",
    "watch=no,             watch",
    "watch=f,              watch",
    "watch=00,             watch",
    "watch=0,              list",
    "watch=false,          list",
    "watch=FALSE,          list",
    "watch=fal%C5%BFe,     list",
    "Watch=true,           list",
    "w%61tch=1,            watch",
    "watch=0&watch=1,      list",
    "watch=1&watch=0,      watch",
    "a;watch=1,            list",
    "watch=%zz,            list",
    "limit=x,              list",
    "limit=x&watch=,       watch",
    "limit=x&watch=FALSE,  list",
    "limit=x&watch=fal%C5%BFe, watch",
    "limit=9223372036854775808&watch=1, watch",
    "timeoutSeconds=1.5,   list",
  })
  void the_parameter_watch_decides_between_list_and_watch_R_11_R_12_RS_14(
      String query, String verb) {
    assertThat(RequestInfoResolver.resolve("GET", "/api/v1/pods?" + query).verb()).isEqualTo(verb);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name%3Dx                   | x",
        "metadata.name==x                    | x",
        "metadata.name=x,spec.nodeName=y     | x",
        "metadata.name=b,metadata.name=a     | a",
        "metadata.name!=x                    | ''",
        "metadata.name=..                    | ''",
        "metadata.name=a%2Fb                 | ''",
        "metadata.name=a%2525                | ''",
        "metadata.name=a%5C,b                | a,b",
        "metadata.name=a%5C%5Cb              | a\\b",
        "metadata.name=a%5Cx                 | ''",
        "metadata.name=a=b                   | ''",
        "metadata.name                       | ''",
        "metadata.name=x&limit=y             | ''",
        "metadata.name=x&labelSelector=-     | ''",
        "metadata.name=x&labelSelector=a+in+(b,c),!d | x",
      })
  void a_field_selector_for_one_name_gives_the_name_of_a_list_R_13_RS_15_RS_16(
      String selector, String name) {
    RequestInfo info = RequestInfoResolver.resolve("GET", "/api/v1/pods?fieldSelector=" + selector);
    assertThat(info.name()).isEqualTo(text(name));
    assertThat(info.fieldSelector()).startsWith("metadata.name");
    assertThat(
            RequestInfoResolver.resolve("DELETE", "/api/v1/pods?fieldSelector=" + selector).name())
        .as("of deletecollection")
        .isEmpty();
  }

  @Test
  void selectors_are_kept_as_they_came_for_verbs_that_have_them_R_14_R_16() {
    String query = "?labelSelector=%20a%3Db&fieldSelector=x%3D&labelSelector=c";
    RequestInfo list = RequestInfoResolver.resolve("GET", "/api/v1/pods" + query);
    assertThat(list.labelSelector()).isEqualTo(" a=b");
    assertThat(list.fieldSelector()).isEqualTo("x=");
    assertThat(RequestInfoResolver.resolve("GET", "/api/v1/pods/p" + query).labelSelector())
        .isEmpty();
    assertThat(RequestInfoResolver.resolve("GET", "/api/v1/watch/pods" + query).labelSelector())
        .isEmpty();
    assertThat(RequestInfoResolver.resolve("DELETE", "/api/v1/pods" + query).labelSelector())
        .isEqualTo(" a=b");
    assertThat(RequestInfoResolver.resolve("GET", "/api/v1/pods/p?watch=1").verb())
        .isEqualTo("get");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/watch",
        "/api/v1/proxy/",
        "/apis/apps/v1/watch",
        "/api/v1/watch?x=%zz",
      })
  void a_prefix_without_anything_behind_it_cannot_be_resolved_R_07_F_02(String url) {
    assertThatExceptionOfType(UnresolvableRequestException.class)
        .isThrownBy(() -> RequestInfoResolver.resolve("GET", url))
        .withMessage("unable to determine kind and namespace from url, " + url);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  api/v1/pods", "GET,  ''", "GET,  /%", "GET,  /%zz", "GET,  '/a b'", "'',   /",
    "'G T', /", "GËT, /", "GET,  http://h:x/", "GET,  http://[::1/", "GET,  :x",
        "GET,  http://%41/",
  })
  void a_request_line_that_the_server_refuses_is_refused(String method, String url) {
    assertThatExceptionOfType(RequestLineException.class)
        .isThrownBy(() -> RequestInfoResolver.resolve(method, url));
  }

  @Test
  void control_characters_in_a_url_are_refused() {
    for (String url : new String[] {"/\n", "/\r", "/\u0001", "/\u007f", "/a\tb"}) {
      assertThatExceptionOfType(RequestLineException.class)
          .isThrownBy(() -> RequestInfoResolver.resolve("GET", url));
    }
  }

  @Test
  void bytes_that_are_no_character_match_no_rule_that_could_be_written() {
    RequestInfo info = RequestInfoResolver.resolve("GET", "/caf%C3%A9/%FF");
    assertThat(info.path()).isEqualTo("/caf\u00e9/\udcff");
    assertThat(info.path()).isNotEqualTo("/caf\u00e9/\ufffd");
  }

  @Test
  void a_query_of_more_parameters_than_go_reads_is_read_as_none() {
    StringBuilder query = new StringBuilder("/api/v1/pods?watch=1");
    query.append("&a".repeat(9_999));
    assertThat(RequestInfoResolver.resolve("GET", query.toString()).verb()).isEqualTo("watch");
    query.append("&a");
    assertThat(RequestInfoResolver.resolve("GET", query.toString()).verb()).isEqualTo("list");
  }
}
