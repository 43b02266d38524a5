package dev.certwright.revocation.authorization;

import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.x509.Digests;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AuthorizationConfiguration} that kube-apiserver would take (rules AC-01 to AC-06). What
 * is changed is the text: the cluster's own authorizers keep their lines and comments.
 */
public final class AuthorizationConfiguration {
  private static final String BEGIN = "# BEGIN certwright";
  private static final String END = "# END certwright";
  private static final String ADVICE =
      "the API server would not start with this file; nothing was written";

  private final String source;
  private final String text;
  private final YamlMapping root;

  private AuthorizationConfiguration(String source, String text, YamlMapping root) {
    this.source = source;
    this.text = text;
    this.root = root;
  }

  /**
   * Reads one.
   *
   * @param source name of the file, for messages
   * @throws UnacceptableConfigurationException if kube-apiserver would refuse it, with all reasons
   */
  public static AuthorizationConfiguration read(String source, byte[] bytes) {
    return of(source, new String(bytes, StandardCharsets.UTF_8), bytes);
  }

  /**
   * The same of a file that is published to.
   *
   * @param bytes what it holds
   * @throws UnacceptableConfigurationException if kube-apiserver would refuse it, with all reasons
   *     and the way back if there is one
   */
  public static AuthorizationConfiguration read(PublishedFile file, byte[] bytes) {
    try {
      return read(file.path().toString(), bytes);
    } catch (UnacceptableConfigurationException broken) {
      if (!Files.exists(file.previous())) {
        throw broken;
      }
      throw new UnacceptableConfigurationException(
          broken.source(),
          broken.problems(),
          broken.advice() + "; the one before is " + file.previous());
    }
  }

  private static AuthorizationConfiguration of(String source, String text, byte[] bytes) {
    YamlValue root;
    try {
      root = YamlReader.strict().read(source, bytes);
    } catch (YamlException notYaml) {
      throw new UnacceptableConfigurationException(
          source, List.of("line " + notYaml.position().line() + ": " + notYaml.problem()), ADVICE);
    }
    List<String> problems = ConfigurationCheck.problems(root);
    if (!problems.isEmpty() || !(root instanceof YamlMapping mapping)) {
      throw new UnacceptableConfigurationException(source, problems, ADVICE);
    }
    return new AuthorizationConfiguration(source, text, mapping);
  }

  private static AuthorizationConfiguration of(String source, String text) {
    return of(source, text, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Flags of the webhook that {@code --authorization-mode} names, with upstream's defaults.
   *
   * @param configFile {@code --authorization-webhook-config-file}; empty for none
   * @param version {@code --authorization-webhook-version}, {@code v1beta1} by default
   * @param authorizedTtl {@code --authorization-webhook-cache-authorized-ttl}, {@code 5m} by
   *     default
   * @param unauthorizedTtl {@code --authorization-webhook-cache-unauthorized-ttl}, {@code 30s} by
   *     default
   */
  public record WebhookFlags(
      String configFile, String version, String authorizedTtl, String unauthorizedTtl) {

    /** None of them given. */
    public static final WebhookFlags NONE = new WebhookFlags("", "v1beta1", "5m", "30s");
  }

  /**
   * What {@code --authorization-mode} means (rule AC-06).
   *
   * @param modes as the flag has them, in order
   * @throws UnacceptableConfigurationException if one is unknown, or comes twice
   */
  public static AuthorizationConfiguration ofModes(List<String> modes, WebhookFlags webhook) {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: apiserver.config.k8s.io/v1\nkind: ");
    text.append(ConfigurationCheck.KIND).append("\nauthorizers:\n");
    for (String mode : modes) {
      text.append("- type: ");
      YamlWriter.appendString(text, mode);
      text.append("\n  name: ");
      if (mode.equals("Webhook")) {
        appendDefault(text, webhook);
      } else {
        YamlWriter.appendString(text, mode.toLowerCase(Locale.ROOT));
        text.append('\n');
      }
    }
    return of("--authorization-mode", text.toString());
  }

  private static void appendDefault(StringBuilder text, WebhookFlags webhook) {
    text.append("default\n  webhook:\n    timeout: 30s\n    authorizedTTL: ");
    YamlWriter.appendString(text, webhook.authorizedTtl());
    text.append("\n    unauthorizedTTL: ");
    YamlWriter.appendString(text, webhook.unauthorizedTtl());
    text.append("\n    subjectAccessReviewVersion: ");
    YamlWriter.appendString(text, webhook.version());
    text.append("\n    failurePolicy: NoOpinion\n    connectionInfo:\n      type: KubeConfigFile");
    text.append("\n      kubeConfigFile: ");
    YamlWriter.appendString(text, webhook.configFile());
    text.append('\n');
  }

  /** As it is to be written, UTF-8. */
  public byte[] encoded() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Its text. */
  public String text() {
    return text;
  }

  /**
   * {@code sha256:} and hex, as in the label {@code hash} of the API server's metric {@code
   * apiserver_authorization_config_controller_last_config_info}.
   */
  public String hash() {
    return hash(encoded());
  }

  /** The same of the content of a file. */
  public static String hash(byte[] content) {
    return "sha256:" + HexFormat.of().formatHex(Digests.sha256(content));
  }

  /** Names of the authorizers in order; those of the denylist too. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (YamlValue authorizer : authorizers(root)) {
      names.add(name(authorizer));
    }
    return names;
  }

  /** Whether certificates are refused with it: whether it was set up. */
  public boolean isSetUp() {
    return names().contains(Refusals.CERTIFICATES);
  }

  /** Types of the cluster's own authorizers in order, as {@code --authorization-mode} has them. */
  public List<String> ownModes() {
    List<String> modes = new ArrayList<>();
    for (YamlMapping authorizer : own()) {
      modes.add(authorizer.get("type") instanceof YamlString type ? type.value() : "");
    }
    return modes;
  }

  /**
   * Whether the cluster's own authorizers decide as those of another configuration do: the same
   * types in the same order, and webhooks with the same settings.
   */
  public boolean decidesAs(AuthorizationConfiguration other) {
    return ownModes().equals(other.ownModes()) && webhooks().equals(other.webhooks());
  }

  private List<YamlMapping> webhooks() {
    List<YamlMapping> webhooks = own();
    webhooks.removeIf(authorizer -> authorizer.get("webhook") == null);
    return webhooks;
  }

  private List<YamlMapping> own() {
    List<YamlMapping> own = new ArrayList<>();
    for (YamlValue authorizer : authorizers(root)) {
      if (authorizer instanceof YamlMapping mapping && !Refusals.isName(name(authorizer))) {
        own.add(mapping);
      }
    }
    return own;
  }

  /** The ledger that its denylist is from. */
  public SourceLedger ledger() {
    return ledgerIn(text);
  }

  /** The ledger that the denylist in a text is from, which need not be a good configuration. */
  public static SourceLedger ledgerIn(String text) {
    return SourceLedger.in(text, BEGIN);
  }

  /** All of them, in order. */
  List<YamlValue> authorizers() {
    return authorizers(root);
  }

  private static List<YamlValue> authorizers(YamlMapping root) {
    return root.get("authorizers") instanceof YamlSequence list ? list.values() : List.of();
  }

  /** Name of an authorizer; empty if it has none. */
  static String name(YamlValue authorizer) {
    return authorizer instanceof YamlMapping mapping
            && mapping.get("name") instanceof YamlString name
        ? name.value()
        : "";
  }

  /**
   * The cluster's own authorizers alone.
   *
   * @throws UnacceptableConfigurationException if there are none
   */
  public AuthorizationConfiguration withoutDenylist() {
    List<YamlValue> own = new ArrayList<>();
    for (YamlValue authorizer : authorizers(root)) {
      if (!Refusals.isName(name(authorizer))) {
        own.add(authorizer);
      }
    }
    if (own.isEmpty()) {
      throw new UnacceptableConfigurationException(
          source,
          List.of("it has no authorizers of the cluster's own, such as Node and RBAC"),
          "nobody could do anything with it; put the cluster's authorizers into the file");
    }
    YamlMapping expected = with(own);
    String shorter = BlockText.without(text, BEGIN, END);
    return is(shorter, expected) ? of(source, shorter) : of(source, YamlWriter.write(expected));
  }

  /**
   * The same with everything on a denylist refused before any other authorizer is asked. Equal
   * bytes for an equal denylist, whatever stood there before.
   *
   * @param kubeConfigFile absolute path, as the API server sees it, of {@link
   *     NeverCalledKubeconfig}
   * @param origin where the denylist is from
   * @throws UnacceptableConfigurationException if it may not take the place of what is there
   */
  public AuthorizationConfiguration withDenylist(
      Denylist denylist, String kubeConfigFile, Origin origin) {
    return with(Refusals.withCanaries(denylist), kubeConfigFile, origin);
  }

  /**
   * The same with a list that was published elsewhere.
   *
   * @throws UnacceptableConfigurationException if it may not take the place of what is there
   */
  public AuthorizationConfiguration withDenylist(
      PublishedDenylist denylist, String kubeConfigFile) {
    return with(denylist.refusals(), kubeConfigFile, denylist.origin());
  }

  private AuthorizationConfiguration with(
      List<Refusals> refusals, String kubeConfigFile, Origin origin) {
    origin.require(source, ledger());
    AuthorizationConfiguration own = withoutDenylist();
    String spliced = own.spliced(refusals, kubeConfigFile, origin.ledger());
    if (spliced == null) {
      own = of(source, YamlWriter.write(own.root));
      spliced = own.spliced(refusals, kubeConfigFile, origin.ledger());
    }
    if (spliced == null) {
      throw new IllegalStateException("a list of our own writing has no place for more");
    }
    return of(source, spliced);
  }

  private @Nullable String spliced(
      List<Refusals> refusals, String kubeConfigFile, SourceLedger ledger) {
    YamlValue first = authorizers(root).get(0);
    int indent = BlockText.indent(text, first);
    if (indent < 0) {
      return null;
    }
    String lines =
        DenyAuthorizerText.of(refusals, kubeConfigFile, indent, BEGIN + ": " + ledger.words(), END);
    String result = BlockText.insert(text, first.position().line(), lines);
    List<YamlValue> all = new ArrayList<>(DenyAuthorizerText.read(lines));
    all.addAll(authorizers(root));
    return is(result, with(all)) ? result : null;
  }

  private YamlMapping with(List<YamlValue> authorizers) {
    YamlMapping.Builder builder = YamlMapping.builder();
    for (YamlMapping.Entry entry : root.entries()) {
      builder.put(
          entry.key(),
          entry.key().equals("authorizers") ? YamlSequence.of(authorizers) : entry.value());
    }
    return builder.build();
  }

  private static boolean is(String text, YamlMapping expected) {
    try {
      return YamlReader.strict().read("changed", text).equals(expected);
    } catch (YamlException broken) {
      return false;
    }
  }
}
