package dev.certwright.server.review;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.pipeline.WarningHeaders;
import dev.certwright.server.wire.ObjectCodec;
import java.util.List;

/**
 * A review as kube-apiserver has it created: the form of the answer, the form of the body, the
 * options and the body are looked at in this order, and fields that the review does not have are
 * warned of, or refused (KEP-2885).
 */
record CreatedReview(ReviewEndpoint review) implements Endpoint {

  @Override
  public boolean readsBody() {
    return true;
  }

  @Override
  public Response answer(Call call) {
    Response unacceptable = call.unacceptable();
    if (unacceptable != null) {
      return unacceptable;
    }
    if (ObjectCodec.typeOf(call.request().header("Content-Type")) == null) {
      return call.answer(415, StatusObject.unsupportedMediaType());
    }
    CreateOptions options = CreateOptions.of(call.query());
    if (!options.problems().isEmpty()) {
      return call.answer(
          422, StatusObject.invalid("CreateOptions", "meta.k8s.io", options.problems()));
    }
    List<String> warnings = List.of();
    Response response;
    try {
      ReviewObject read = review.read(call);
      switch (options.fieldValidation()) {
        case STRICT -> read.requireStrict(call);
        case WARN -> warnings = read.problems().warnings();
        case IGNORE -> {
          // As it says.
        }
      }
      response = review.answer(call, read);
    } catch (RefusedException refused) {
      response = refused.response();
    }
    return WarningHeaders.add(response, warnings);
  }
}
