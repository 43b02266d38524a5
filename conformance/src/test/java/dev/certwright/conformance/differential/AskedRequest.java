package dev.certwright.conformance.differential;

import dev.certwright.authentication.ClientRequest;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers of a question, as a server would have them. */
final class AskedRequest implements ClientRequest {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** Those under {@code headers}. */
  static AskedRequest of(YamlMapping question) {
    AskedRequest request = new AskedRequest();
    if (question.get("headers") instanceof YamlSequence fields) {
      for (YamlValue field : fields.values()) {
        List<YamlValue> pair = ((YamlSequence) field).values();
        request.add(((YamlString) pair.get(0)).value(), ((YamlString) pair.get(1)).value());
      }
    }
    return request;
  }

  /** With values of one header. */
  static AskedRequest of(String name, List<String> values) {
    AskedRequest request = new AskedRequest();
    for (String value : values) {
      request.add(name, value);
    }
    return request;
  }

  private void add(String name, String value) {
    headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  @Override
  public List<byte[]> clientCertificates() {
    return List.of();
  }

  @Override
  public List<String> headerValues(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public Collection<String> headerNames() {
    return headers.keySet();
  }

  @Override
  public String path() {
    return "/";
  }
}
