package dev.certwright.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A bounded number of random questions in each mode; {@code conformance/differential} asks any
 * number.
 */
class DifferentialIT {
  private static final long SEED = 1;

  @ParameterizedTest
  @CsvSource({
    "aggregate, 200",
    "authentication-config, 4000",
    "authorization-config, 4000",
    "basic, 2000",
    "bearer, 2000",
    "claims, 5000",
    "covers, 2000",
    "csr-sign, 1000",
    "decide, 20000",
    "impersonate, 1000",
    "kubeconfig, 2000",
    "request-header, 2000",
    "requestinfo, 20000",
    "rules, 5000",
    "tokenfile, 2000",
    "validate, 5000",
    "x509, 5000",
    "yaml, 10000",
  })
  void random_questions_are_answered_as_upstream_answers(String mode, long cases) throws Exception {
    Differential.Result result = Differential.run(mode, cases, SEED);
    System.out.println(result.report());
    assertThat(result.agreed()).as(result.report()).isTrue();
  }
}
