package dev.certwright.cli.verify;

import java.util.List;

/**
 * What a client would present.
 *
 * @param where it was found, for people
 * @param certificates DER, leaf first; empty if there is none
 * @param absence why there is none; empty if there are some
 */
record PresentedChain(String where, List<byte[]> certificates, String absence) {

  PresentedChain {
    certificates = List.copyOf(certificates);
  }

  static PresentedChain of(String where, List<byte[]> certificates) {
    return new PresentedChain(where, certificates, "");
  }

  static PresentedChain none(String where, String absence) {
    return new PresentedChain(where, List.of(), absence);
  }
}
