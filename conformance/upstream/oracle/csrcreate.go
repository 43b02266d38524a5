package main

import (
	"context"

	certificatesv1 "k8s.io/api/certificates/v1"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	certificatesapi "k8s.io/kubernetes/pkg/apis/certificates"
	"k8s.io/kubernetes/pkg/registry/certificates/certificates"
	"k8s.io/kubernetes/plugin/pkg/admission/certificates/subjectrestriction"

	_ "k8s.io/kubernetes/pkg/apis/certificates/install"
)

// createCSR asks the admission plugin CertificateSubjectRestriction (rule CS-22) and rest.BeforeCreate with the
// strategy of CertificateSigningRequests (rules CS-02 to CS-05), each on its own copy.
func createCSR(csr *certificatesv1.CertificateSigningRequest) (validation []cause, refusal string) {
	internal := &certificatesapi.CertificateSigningRequest{}
	if err := legacyscheme.Scheme.Convert(csr, internal, nil); err != nil {
		return []cause{{Message: err.Error()}}, ""
	}
	attributes := admission.NewAttributesRecord(internal.DeepCopy(), nil, certificatesv1.SchemeGroupVersion.WithKind("CertificateSigningRequest"),
		"", csr.Name, certificatesv1.SchemeGroupVersion.WithResource("certificatesigningrequests"), "", admission.Create, nil, false, nil)
	refused := subjectrestriction.NewPlugin().Validate(context.Background(), attributes, nil)
	return causesOf(create(certificates.Strategy, internal)), text(refused)
}
