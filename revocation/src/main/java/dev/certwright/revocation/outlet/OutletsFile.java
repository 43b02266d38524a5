package dev.certwright.revocation.outlet;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.revocation.OutletAccessException;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code outlets.yaml}: where denylists are published to. Relative paths start at its folder, and
 * programs run there: whoever publishes may stand in a folder where others put what they like, and
 * a kubeconfig names programs.
 *
 * <pre>{@code
 * apiVersion: certwright.dev/v1alpha1
 * kind: RevocationOutlets
 * outlets:
 * - name: control-plane
 *   authorizationFile:
 *     path: /etc/kubernetes/certwright/authorization.yaml
 *     kubeConfigFile: /etc/kubernetes/certwright/never-called.kubeconfig
 * }</pre>
 */
public final class OutletsFile {
  private static final String API_VERSION = "certwright.dev/v1alpha1";
  private static final String KIND = "RevocationOutlets";
  private static final int DEFAULT_DAYS = 7;

  /** Makes the password source of a file that a user names. */
  @FunctionalInterface
  public interface Passwords {
    /**
     * How a key opens.
     *
     * @param key the key file
     * @param passwordFile file with the password; null to ask
     */
    PasswordSource of(Path key, @Nullable Path passwordFile);
  }

  private final Path file;
  private final Passwords passwords;
  private final List<String> problems = new ArrayList<>();

  private OutletsFile(Path file, Passwords passwords) {
    this.file = file.toAbsolutePath();
    this.passwords = passwords;
  }

  /**
   * Reads it; without the file there are no outlets.
   *
   * @throws UnacceptableConfigurationException with all that is wrong with it, or if others may
   *     write it
   * @throws dev.certwright.revocation.OutletAccessException if it cannot be read
   */
  public static Outlets read(Path file, Passwords passwords) {
    byte[] bytes = new PublishedFile(file).read();
    if (bytes == null) {
      return Outlets.NONE;
    }
    refuseIfOthersMayWrite(file);
    return new OutletsFile(file, passwords).outlets(bytes);
  }

  private static void refuseIfOthersMayWrite(Path file) {
    try {
      String problem = WhoMayWrite.problem(file);
      if (!problem.isEmpty()) {
        throw new UnacceptableConfigurationException(
            file.toString(),
            List.of(problem + ", and it says which programs are run"),
            "let only yourself or root own and write it and its folder, after a look at what it"
                + " says");
      }
    } catch (IOException failed) {
      throw new OutletAccessException(
          file + " cannot be read: " + failed.getMessage(), "run this as who may read it", failed);
    }
  }

  private Outlets outlets(byte[] bytes) {
    List<Outlet> outlets = new ArrayList<>();
    List<FollowingServer> servers = new ArrayList<>();
    try {
      if (YamlReader.strict().read(file.toString(), bytes) instanceof YamlMapping root) {
        Fields fields = new Fields(root, "", problems);
        fields.expect("apiVersion", API_VERSION);
        fields.expect("kind", KIND);
        Set<String> names = new HashSet<>();
        for (Fields one : fields.list("outlets")) {
          Outlet outlet = outlet(one);
          if (outlet != null && !names.add(outlet.name())) {
            one.problem("the name " + outlet.name() + " is there already");
          }
          if (outlet != null) {
            outlets.add(outlet);
          }
        }
        for (Fields one : fields.list("servers")) {
          FollowingServer server = new FollowingServer(one.text("name"), apiServer(one));
          if (!names.add(server.name())) {
            one.problem("the name " + server.name() + " is there already");
          }
          servers.add(server);
        }
        fields.refuseOthers();
      } else {
        problems.add("expected a mapping with apiVersion, kind and outlets");
      }
    } catch (YamlException notYaml) {
      problems.add("line " + notYaml.position().line() + ": " + notYaml.problem());
    }
    if (!problems.isEmpty()) {
      throw new UnacceptableConfigurationException(
          file.toString(), problems, "certwright revocations publish --help shows the file's form");
    }
    return new Outlets(outlets, servers);
  }

  private ApiServer apiServer(Fields fields) {
    ApiServer server =
        new ApiServer(
            fields.text("name"),
            kubeconfig(fields),
            fields.optional("server"),
            fields.optional("context"));
    fields.refuseOthers();
    return server;
  }

  private @Nullable Outlet outlet(Fields fields) {
    String name = fields.text("name");
    Outlet outlet = null;
    int kinds = 0;
    Fields inner = fields.mapping("authorizationFile");
    if (inner != null) {
      outlet = authorizationFile(name, inner);
      kinds++;
    }
    inner = fields.mapping("admissionPolicy");
    if (inner != null) {
      List<Recipient> recipients = new ArrayList<>(clusters(inner));
      recipients.addAll(recipients(inner));
      outlet = new AdmissionPolicyOutlet(name, path(inner, "path"), recipients);
      inner.refuseOthers();
      kinds++;
    }
    inner = fields.mapping("revocationList");
    if (inner != null) {
      outlet = revocationList(name, inner);
      kinds++;
    }
    fields.refuseOthers();
    if (kinds != 1) {
      fields.problem("one of authorizationFile, admissionPolicy and revocationList is needed");
      return null;
    }
    return outlet;
  }

  private Outlet authorizationFile(String name, Fields fields) {
    String kubeConfigFile = fields.text("kubeConfigFile");
    if (!kubeConfigFile.startsWith("/")) {
      fields.problem("kubeConfigFile must be an absolute path, as the API server sees it");
    }
    List<ApiServer> servers = new ArrayList<>();
    for (Fields server : fields.list("apiServers")) {
      servers.add(apiServer(server));
    }
    Path path = path(fields, "path");
    Path base = fields.has("base") ? path(fields, "base") : null;
    List<Recipient> recipients = recipients(fields);
    fields.refuseOthers();
    return new AuthorizationFileOutlet(name, path, kubeConfigFile, base, recipients, servers);
  }

  private Outlet revocationList(String name, Fields fields) {
    Path certificate = path(fields, "caCert");
    Path key = path(fields, "caKey");
    Path password = fields.has("caPasswordFile") ? path(fields, "caPasswordFile") : null;
    long days = fields.has("validDays") ? fields.number("validDays") : DEFAULT_DAYS;
    if (days < 1 || days > 3_650) {
      fields.problem("validDays must be between 1 and 3650");
    }
    Path path = path(fields, "path");
    List<Recipient> recipients = recipients(fields);
    fields.refuseOthers();
    return new RevocationListOutlet(
        name,
        path,
        new AuthorityFiles(certificate, key),
        passwords.of(key, password),
        Duration.ofDays(days),
        recipients);
  }

  private Path folder() {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  private Path path(Fields fields, String field) {
    return folder().resolve(fields.text(field));
  }

  /** Empty for kubectl's own. */
  private String kubeconfig(Fields fields) {
    String named = fields.optional("kubeconfig");
    return named.isEmpty() ? "" : folder().resolve(named).toString();
  }

  private List<Recipient> clusters(Fields fields) {
    List<Recipient> clusters = new ArrayList<>();
    for (Fields one : fields.list("clusters")) {
      clusters.add(new PolicyCluster(one.text("name"), kubeconfig(one), one.optional("context")));
      one.refuseOthers();
    }
    return clusters;
  }

  private List<Recipient> recipients(Fields fields) {
    List<Recipient> recipients = new ArrayList<>();
    for (Fields one : fields.list("recipients")) {
      List<String> command = one.texts("command");
      if (command.isEmpty()) {
        one.problem("command must be a list of a program and its arguments");
      }
      recipients.add(new CommandRecipient(one.text("name"), command, folder()));
      one.refuseOthers();
    }
    return recipients;
  }

  /** The text of a file with one outlet. */
  public static String of(String name, String path, String kubeConfigFile) {
    return of(name, path, kubeConfigFile, null);
  }

  /** The same, and who is asked what it has loaded; null for nobody. */
  public static String of(
      String name, String path, String kubeConfigFile, @Nullable ApiServer apiServer) {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: ").append(API_VERSION).append("\nkind: ").append(KIND);
    text.append("\noutlets:\n- name: ");
    YamlWriter.appendString(text, name);
    text.append("\n  authorizationFile:\n    path: ");
    YamlWriter.appendString(text, path);
    text.append("\n    kubeConfigFile: ");
    YamlWriter.appendString(text, kubeConfigFile);
    if (apiServer != null) {
      text.append("\n    apiServers:\n    - name: ");
      YamlWriter.appendString(text, apiServer.name());
      field(text, "server", apiServer.server());
      field(text, "kubeconfig", apiServer.kubeconfig());
      field(text, "context", apiServer.context());
    }
    return text.append('\n').toString();
  }

  private static void field(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("\n      ").append(name).append(": ");
      YamlWriter.appendString(text, value);
    }
  }
}
