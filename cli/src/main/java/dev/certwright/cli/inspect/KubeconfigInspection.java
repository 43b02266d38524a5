package dev.certwright.cli.inspect;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.Finding;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every user in a kubeconfig: how they prove who they are, and their certificate if that is how;
 * and the clusters whose CA something is wrong with.
 */
final class KubeconfigInspection {
  private static final String AUTHORITY = "certificate-authority";

  private final FileInspection inspection;
  private final String name;
  private final byte[] bytes;
  private final @Nullable Path file;

  KubeconfigInspection(FileInspection inspection, String name, byte[] bytes, @Nullable Path file) {
    this.inspection = inspection;
    this.name = name;
    this.bytes = bytes;
    this.file = file;
  }

  List<Item> items() {
    YamlMapping config = read();
    List<Item> items = new ArrayList<>();
    Finding mode = null;
    for (YamlValue entry : list(config, "users")) {
      if (entry instanceof YamlMapping user) {
        List<Item> own = user(user);
        items.addAll(own);
        if (user.get("user") instanceof YamlMapping credentials && holdsSecret(credentials)) {
          mode = file == null ? null : SecretFile.readableByOthers(file);
        }
      }
    }
    if (items.isEmpty()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("users", 0L);
      items.add(new Item("kubeconfig", name, fields, List.of()));
    }
    if (mode != null) {
      Item first = items.get(0);
      List<Finding> findings = new ArrayList<>(first.findings());
      findings.add(mode);
      items.set(0, new Item(first.kind(), first.where(), first.fields(), findings));
    }
    for (YamlValue entry : list(config, "clusters")) {
      if (entry instanceof YamlMapping named
          && named.get("cluster") instanceof YamlMapping cluster) {
        items.addAll(cluster(text(named, "name"), cluster));
      }
    }
    return items;
  }

  private YamlMapping read() {
    try {
      if (YamlReader.lenient().read(name, bytes) instanceof YamlMapping config
          && (config.get("users") != null
              || config.get("clusters") != null
              || text(config, "kind").equals("Config"))) {
        return config;
      }
    } catch (YamlException notYaml) {
      throw new CommandException(
          ExitCode.USAGE,
          name + " is neither PEM nor DER nor a kubeconfig",
          "as YAML it does not do because: " + SafeText.of(notYaml.problem()));
    }
    throw new CommandException(
        ExitCode.USAGE,
        name + " is neither PEM nor DER nor a kubeconfig",
        "give certificates, requests, private keys or kubeconfigs");
  }

  private static boolean holdsSecret(YamlMapping credentials) {
    return credentials.get("client-key-data") != null
        || credentials.get("token") != null
        || credentials.get("password") != null;
  }

  private List<Item> cluster(String called, YamlMapping cluster) {
    List<Finding> findings = new ArrayList<>();
    byte[] authority = bytes(cluster, AUTHORITY, findings);
    if (authority != null) {
      findings.addAll(ClusterInspection.of(authority));
    }
    if (findings.isEmpty()) {
      return List.of();
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("server", SafeText.of(text(cluster, "server")));
    String where = name + ", cluster " + SafeText.of(called);
    return List.of(new Item("cluster of a kubeconfig", where, fields, findings));
  }

  private List<Item> user(YamlMapping entry) {
    String where = name + ", user " + SafeText.of(text(entry, "name"));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    if (!(entry.get("user") instanceof YamlMapping credentials)) {
      fields.put("credentials", "none");
      return List.of(new Item("user of a kubeconfig", where, fields, findings));
    }
    List<PemBlock> certificate = material(credentials, "client-certificate", findings);
    List<PemBlock> key = material(credentials, "client-key", findings);
    fields.put("credentials", credentials(credentials));
    List<Item> items = new ArrayList<>();
    items.add(new Item("user of a kubeconfig", where, fields, findings));
    if (!certificate.isEmpty()) {
      List<PemBlock> both = new ArrayList<>(certificate);
      both.addAll(key);
      items.addAll(inspection.inspectPem(both, where, null));
    } else if (!key.isEmpty()) {
      findings.add(
          new Finding(Severity.WARNING, "key-alone", "a private key without a certificate", ""));
    }
    return items;
  }

  private static String credentials(YamlMapping credentials) {
    List<String> kinds = new ArrayList<>();
    if (credentials.get("client-certificate-data") != null
        || credentials.get("client-certificate") != null) {
      kinds.add("client certificate");
    }
    if (credentials.get("token") != null || credentials.get("tokenFile") != null) {
      kinds.add("token (not shown)");
    }
    if (credentials.get("username") != null) {
      kinds.add("password (not shown)");
    }
    if (credentials.get("exec") != null) {
      kinds.add("exec plugin");
    }
    if (credentials.get("auth-provider") != null) {
      kinds.add("auth provider");
    }
    return kinds.isEmpty() ? "none" : String.join(", ", kinds);
  }

  private List<PemBlock> material(YamlMapping credentials, String field, List<Finding> findings) {
    byte[] pem = bytes(credentials, field, findings);
    try {
      return pem == null ? List.of() : PemReader.read(pem);
    } catch (X509Exception unreadable) {
      findings.add(problem(field, field + ": " + unreadable.getMessage()));
      return List.of();
    }
  }

  /** The data beats the file (rule KC-10); a relative path starts at the kubeconfig (KC-05). */
  private byte @Nullable [] bytes(YamlMapping entry, String field, List<Finding> findings) {
    try {
      String data = text(entry, field + "-data");
      if (!data.isEmpty()) {
        // Go steps over line breaks in it.
        return Base64.getDecoder().decode(data.replace("\n", "").replace("\r", ""));
      }
      String path = text(entry, field);
      if (!path.isEmpty()) {
        Path folder = file == null ? null : file.toAbsolutePath().getParent();
        Path target = folder == null ? Path.of(path) : folder.resolve(path);
        return BoundedFile.read(target, BoundedFile.DEFAULT_LIMIT);
      }
    } catch (InvalidPathException noPath) {
      findings.add(problem(field, field + " is no path"));
    } catch (IllegalArgumentException notBase64) {
      findings.add(problem(field, field + "-data is not base64"));
    } catch (AuthorityException unreadable) {
      findings.add(problem(field, field + ": " + unreadable.getMessage()));
    }
    return null;
  }

  private static Finding problem(String field, String found) {
    String rule = field.equals(AUTHORITY) ? "kubeconfig-ca" : "kubeconfig-credentials";
    return new Finding(Severity.FORBIDDEN, rule, found, "");
  }

  private static List<YamlValue> list(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  private static String text(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlString string ? string.value() : "";
  }
}
