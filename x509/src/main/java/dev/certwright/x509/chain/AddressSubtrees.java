package dev.certwright.x509.chain;

import dev.certwright.x509.extension.IpRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of IP addresses that names may or must not lie in. Ranges of 4 bytes are for addresses of
 * 4 bytes and ranges of 16 for addresses of 16: an IPv4-mapped address lies in no IPv4 range.
 */
final class AddressSubtrees {
  private final SortedSubtrees<IpRange> v4;
  private final SortedSubtrees<IpRange> v6;

  AddressSubtrees(List<IpRange> list) {
    List<IpRange> four = new ArrayList<>();
    List<IpRange> six = new ArrayList<>();
    for (IpRange range : list) {
      (range.isV4() ? four : six).add(range);
    }
    this.v4 = sorted(four);
    this.v6 = sorted(six);
  }

  private static SortedSubtrees<IpRange> sorted(List<IpRange> ranges) {
    return new SortedSubtrees<>(ranges, AddressSubtrees::compare, IpRange::includes);
  }

  private static int compare(IpRange a, IpRange b) {
    int order = Arrays.compareUnsigned(a.address(), b.address());
    return order != 0 ? order : Arrays.compareUnsigned(a.mask(), b.mask());
  }

  @Nullable String find(byte[] address) {
    SortedSubtrees<IpRange> ranges = address.length == 4 ? v4 : v6;
    IpRange found =
        ranges.find(
            range -> Arrays.compareUnsigned(range.address(), address),
            range -> range.contains(address));
    return found == null ? null : found.toString();
  }
}
