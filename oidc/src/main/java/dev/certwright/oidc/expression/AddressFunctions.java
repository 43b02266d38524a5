package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ip}, {@code cidr} and what is asked of them. */
final class AddressFunctions {
  private static final OpaqueType IP = OpaqueType.create("net.IP");
  private static final OpaqueType CIDR = OpaqueType.create("net.CIDR");

  static final Functions ALL = new AddressFunctions().make();

  private final Map<String, List<CelOverloadDecl>> functions = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  private AddressFunctions() {}

  private Functions make() {
    global("ip", "string_to_ip", IP, SimpleType.STRING);
    bindings.add(CelFunctionBinding.from("string_to_ip", String.class, AddressFunctions::ip));
    global("isIP", "is_ip", SimpleType.BOOL, SimpleType.STRING);
    bindings.add(CelFunctionBinding.from("is_ip", String.class, AddressFunctions::isIp));
    global("ip.isCanonical", "ip_is_canonical", SimpleType.BOOL, SimpleType.STRING);
    bindings.add(
        CelFunctionBinding.from(
            "ip_is_canonical", String.class, text -> ip(text).toString().equals(text)));
    global("string", "ip_to_string", SimpleType.STRING, IP);
    bindings.add(CelFunctionBinding.from("ip_to_string", IpAddress.class, IpAddress::toString));
    member("family", "ip_family", SimpleType.INT, IP);
    bindings.add(
        CelFunctionBinding.from("ip_family", IpAddress.class, address -> (long) address.family()));
    member("isUnspecified", "ip_is_unspecified", SimpleType.BOOL, IP);
    bindings.add(
        CelFunctionBinding.from("ip_is_unspecified", IpAddress.class, IpAddress::isUnspecified));
    member("isLoopback", "ip_is_loopback", SimpleType.BOOL, IP);
    bindings.add(CelFunctionBinding.from("ip_is_loopback", IpAddress.class, IpAddress::isLoopback));
    member("isLinkLocalMulticast", "ip_is_link_local_multicast", SimpleType.BOOL, IP);
    bindings.add(
        CelFunctionBinding.from(
            "ip_is_link_local_multicast", IpAddress.class, IpAddress::isLinkLocalMulticast));
    member("isLinkLocalUnicast", "ip_is_link_local_unicast", SimpleType.BOOL, IP);
    bindings.add(
        CelFunctionBinding.from(
            "ip_is_link_local_unicast", IpAddress.class, IpAddress::isLinkLocalUnicast));
    member("isGlobalUnicast", "ip_is_global_unicast", SimpleType.BOOL, IP);
    bindings.add(
        CelFunctionBinding.from(
            "ip_is_global_unicast", IpAddress.class, IpAddress::isGlobalUnicast));
    addBlocks();
    List<CelFunctionDecl> declarations = new ArrayList<>();
    functions.forEach(
        (name, overloads) ->
            declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    return new Functions(declarations, bindings);
  }

  private void addBlocks() {
    global("cidr", "string_to_cidr", CIDR, SimpleType.STRING);
    bindings.add(CelFunctionBinding.from("string_to_cidr", String.class, AddressFunctions::cidr));
    global("isCIDR", "is_cidr", SimpleType.BOOL, SimpleType.STRING);
    bindings.add(
        CelFunctionBinding.from("is_cidr", String.class, text -> AddressBlock.parse(text) != null));
    global("string", "cidr_to_string", SimpleType.STRING, CIDR);
    bindings.add(
        CelFunctionBinding.from("cidr_to_string", AddressBlock.class, AddressBlock::toString));
    member("containsIP", "cidr_contains_ip_string", SimpleType.BOOL, CIDR, SimpleType.STRING);
    bindings.add(
        CelFunctionBinding.from(
            "cidr_contains_ip_string",
            AddressBlock.class,
            String.class,
            (block, text) -> block.contains(ip(text))));
    member("containsIP", "cidr_contains_ip_ip", SimpleType.BOOL, CIDR, IP);
    bindings.add(
        CelFunctionBinding.from(
            "cidr_contains_ip_ip",
            AddressBlock.class,
            IpAddress.class,
            (block, address) -> block.contains(address)));
    member("containsCIDR", "cidr_contains_cidr_string", SimpleType.BOOL, CIDR, SimpleType.STRING);
    bindings.add(
        CelFunctionBinding.from(
            "cidr_contains_cidr_string",
            AddressBlock.class,
            String.class,
            (block, text) -> block.contains(cidr(text))));
    member("containsCIDR", "cidr_contains_cidr", SimpleType.BOOL, CIDR, CIDR);
    bindings.add(
        CelFunctionBinding.from(
            "cidr_contains_cidr",
            AddressBlock.class,
            AddressBlock.class,
            (block, other) -> block.contains(other)));
    member("ip", "cidr_ip", IP, CIDR);
    bindings.add(CelFunctionBinding.from("cidr_ip", AddressBlock.class, AddressBlock::address));
    member("prefixLength", "cidr_prefix_length", SimpleType.INT, CIDR);
    bindings.add(
        CelFunctionBinding.from(
            "cidr_prefix_length", AddressBlock.class, block -> (long) block.length()));
    member("masked", "cidr_masked", CIDR, CIDR);
    bindings.add(CelFunctionBinding.from("cidr_masked", AddressBlock.class, AddressBlock::masked));
  }

  private void global(String name, String id, CelType result, CelType... arguments) {
    add(name, CelOverloadDecl.newGlobalOverload(id, result, arguments));
  }

  private void member(String name, String id, CelType result, CelType... arguments) {
    add(name, CelOverloadDecl.newMemberOverload(id, result, arguments));
  }

  private void add(String name, CelOverloadDecl overload) {
    functions.computeIfAbsent(name, none -> new ArrayList<>()).add(overload);
  }

  private static IpAddress ip(String text) throws CelEvaluationException {
    IpAddress address = IpAddress.parse(text);
    if (address == null) {
      throw new CelEvaluationException(
          "IP Address " + GoText.quote(text) + " parse error during conversion from string");
    } else if (address.isMappedV4()) {
      throw new CelEvaluationException(
          "IPv4-mapped IPv6 address " + GoText.quote(text) + " is not allowed");
    }
    return address;
  }

  private static boolean isIp(String text) {
    IpAddress address = IpAddress.parse(text);
    return address != null && !address.isMappedV4();
  }

  private static AddressBlock cidr(String text) throws CelEvaluationException {
    AddressBlock block = AddressBlock.parse(text);
    if (block == null) {
      throw new CelEvaluationException(
          "network address parse error during conversion from string: " + GoText.quote(text));
    }
    return block;
  }
}
