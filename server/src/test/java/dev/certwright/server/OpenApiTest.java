package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The older document of the fields that kinds have, in both of its forms. */
final class OpenApiTest {
  private static final String PATH = "/openapi/v2";
  private static final String WANTED = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
  private static final String GIVEN = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  @TempDir Path folder;

  @Test
  void it_is_protobuf_for_kubectl_and_json_for_others() {
    try (TestServer server = TestServer.start(folder, "")) {
      TestServer.Client jane = server.user("jane");
      HttpResponse<String> json = jane.get(PATH);
      assertThat(json.statusCode()).isEqualTo(200);
      assertThat(json.body())
          .startsWith("{\"swagger\":\"2.0\",")
          .contains(
              "\"resourceAttributes\":{\"$ref\":"
                  + "\"#/definitions/io.k8s.api.authorization.v1.ResourceAttributes\"}")
          .doesNotContain("#/components/", "allOf");
      HttpResponse<String> protobuf = jane.get(PATH, "Accept", WANTED);
      assertThat(protobuf.headers().firstValue("Content-Type")).contains(GIVEN);
      assertThat(protobuf.body()).startsWith("\n\u00032.0");
      assertThat(jane.get(PATH, "Accept", "text/html").statusCode()).isEqualTo(406);
      assertThat(server.client(null).get(PATH).statusCode()).isEqualTo(403);
    }
  }
}
