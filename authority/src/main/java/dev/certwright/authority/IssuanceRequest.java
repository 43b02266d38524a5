package dev.certwright.authority;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For whom a certificate is wanted.
 *
 * @param user becomes the Common Name, and so the user name (rule X-12)
 * @param groups become Organizations in this order, and so the groups (rule X-15)
 * @param uid becomes the uid (rule X-18); empty for none
 * @param lifetime from now
 * @param serialNumber null for a random one
 */
public record IssuanceRequest(
    String user,
    List<String> groups,
    String uid,
    Duration lifetime,
    @Nullable BigInteger serialNumber) {

  public IssuanceRequest {
    groups = List.copyOf(groups);
  }
}
