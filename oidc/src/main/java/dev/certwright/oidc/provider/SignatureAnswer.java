package dev.certwright.oidc.provider;

import java.util.concurrent.CompletionStage;

/** What keys say of a signature. */
public sealed interface SignatureAnswer {

  /** It is of one of these keys. */
  record Good(KeyList keys) implements SignatureAnswer {}

  /** It is not. */
  record Bad(String reason) implements SignatureAnswer {}

  /** The keys are being fetched; to be asked again then. */
  record Later(CompletionStage<?> fetched) implements SignatureAnswer {}
}
