package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.RequestCheck;
import dev.certwright.x509.PublicKeyInfo;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a private key is; never the key. */
final class KeyInspection {
  private KeyInspection() {}

  static Item of(PublicKeyInfo publicKey, String where, List<Finding> fileFindings) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("key", publicKey.description());
    fields.put("keyIdentifier", HexFormat.of().formatHex(publicKey.keyIdentifier()));
    fields.put("encrypted", false);
    List<Finding> findings = new ArrayList<>(RequestCheck.ofKey(publicKey));
    findings.addAll(fileFindings);
    return new Item("private key", where, fields, findings);
  }

  static Item encrypted(String where, List<Finding> fileFindings) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("key", "not opened");
    fields.put("encrypted", true);
    return new Item("private key", where, fields, fileFindings);
  }
}
