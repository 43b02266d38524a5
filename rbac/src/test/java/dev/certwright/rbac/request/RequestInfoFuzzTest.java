package dev.certwright.rbac.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.rbac.RbacException;

class RequestInfoFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void any_request_line_is_resolved_or_refused(FuzzedDataProvider data) {
    String method = data.consumeString(10);
    String url = data.consumeRemainingAsString();
    RequestInfo info;
    try {
      info = RequestInfoResolver.resolve(method, url);
    } catch (RbacException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(info.resourceRequest() || info.parts().isEmpty()).isTrue();
    if (info.resourceRequest()) {
      assertThat(info.parts().get(0)).isEqualTo(info.resource());
    }
  }
}
