package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;

/** Why the subject makes nobody known. */
final class SubjectRefusal {
  private SubjectRefusal() {}

  static Refusal noCommonName(Certificate leaf, boolean isEmpty) {
    return new Refusal(
        Stage.NO_OPINION,
        Reason.NO_COMMON_NAME,
        leaf,
        (isEmpty
                ? "the last Common Name of the subject is empty"
                : "the subject has no Common Name")
            + ", so kube-apiserver takes the certificate for nobody's",
        "issue it with the user's name as Common Name");
  }

  static Refusal severalUids(Certificate leaf, int count) {
    return new Refusal(
        Stage.IDENTITY,
        Reason.SEVERAL_UIDS,
        leaf,
        "the subject has " + count + " uids; kube-apiserver accepts one",
        "issue it with one uid or none");
  }

  static Refusal emptyUid(Certificate leaf) {
    return new Refusal(
        Stage.IDENTITY,
        Reason.EMPTY_UID,
        leaf,
        "the subject's uid is empty, which kube-apiserver refuses",
        "issue it with a uid or without the attribute");
  }
}
