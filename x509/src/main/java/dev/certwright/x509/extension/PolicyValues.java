package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a certificate says about certificate policies (RFC 5280 4.2.1.4, .5, .11, .14).
 *
 * @param policies in encoded order, none twice
 * @param mappings in encoded order
 * @param requireExplicitPolicy after how many certificates a policy is demanded; -1 for never
 * @param inhibitPolicyMapping after how many certificates mappings end; -1 for never
 * @param inhibitAnyPolicy after how many certificates anyPolicy ends; -1 for never
 */
public record PolicyValues(
    List<PolicyId> policies,
    List<PolicyMapping> mappings,
    long requireExplicitPolicy,
    long inhibitPolicyMapping,
    long inhibitAnyPolicy) {

  /** A certificate that says nothing about them. */
  public static final PolicyValues NONE = new PolicyValues(List.of(), List.of(), -1, -1, -1);

  public PolicyValues {
    policies = List.copyOf(policies);
    mappings = List.copyOf(mappings);
  }

  PolicyValues withPolicies(byte[] value) {
    List<PolicyId> list = new ArrayList<>();
    Set<PolicyId> seen = new HashSet<>();
    DerReader sequence = DerReader.of(value).read(Tag.SEQUENCE);
    while (!sequence.isEmpty()) {
      DerReader information = sequence.read(Tag.SEQUENCE);
      PolicyId policy = PolicyId.of(information.read(Tag.OBJECT_IDENTIFIER).remaining());
      if (!seen.add(policy)) {
        throw new DerException("the certificate policy " + policy + " occurs twice");
      }
      list.add(policy);
    }
    return new PolicyValues(
        list, mappings, requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy);
  }

  PolicyValues withMappings(byte[] value) {
    List<PolicyMapping> list = new ArrayList<>();
    DerReader sequence = DerReader.of(value).read(Tag.SEQUENCE);
    while (!sequence.isEmpty()) {
      DerReader mapping = sequence.read(Tag.SEQUENCE);
      list.add(
          new PolicyMapping(
              PolicyId.unchecked(mapping.read(Tag.OBJECT_IDENTIFIER).remaining()),
              PolicyId.unchecked(mapping.read(Tag.OBJECT_IDENTIFIER).remaining())));
    }
    return new PolicyValues(
        policies, list, requireExplicitPolicy, inhibitPolicyMapping, inhibitAnyPolicy);
  }

  PolicyValues withConstraints(byte[] value) {
    DerReader sequence = DerReader.of(value).read(Tag.SEQUENCE);
    long explicit = requireExplicitPolicy;
    long mapping = inhibitPolicyMapping;
    if (sequence.nextIs(Tag.primitive(0))) {
      explicit = sequence.readLong(Tag.primitive(0));
    }
    if (sequence.nextIs(Tag.primitive(1))) {
      mapping = sequence.readLong(Tag.primitive(1));
    }
    return new PolicyValues(policies, mappings, explicit, mapping, inhibitAnyPolicy);
  }

  PolicyValues withInhibitAnyPolicy(byte[] value) {
    long skip = DerReader.of(value).readLong(Tag.INTEGER);
    return new PolicyValues(policies, mappings, requireExplicitPolicy, inhibitPolicyMapping, skip);
  }
}
