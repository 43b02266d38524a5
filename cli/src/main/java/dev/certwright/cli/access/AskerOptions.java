package dev.certwright.cli.access;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.identity.Identity;
import dev.certwright.identity.ServiceAccountName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options that say who asks. */
public final class AskerOptions {
  /** In the order of help. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.value("as", "USER", "who asks, by user name"),
          OptionSpec.value("as-group", "GROUP", "a group of the user; repeatable").repeated(),
          OptionSpec.value("as-uid", "UID", "the user's uid"),
          OptionSpec.value("as-service-account", "NAMESPACE:NAME", "a ServiceAccount asks"),
          OptionSpec.value(
              "as-cert",
              "FILE",
              "whoever has this certificate asks; also a request, or a kubeconfig's current user"));

  private AskerOptions() {}

  /** Whether any of the options was given. */
  public static boolean areGiven(CommandLine line) {
    for (OptionSpec option : ALL) {
      if (line.has(option.name())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Who asks, with the groups that an API server adds (rules X-21, I-05).
   *
   * @return null if no option says it
   * @throws UsageException if the options contradict each other
   */
  public static @Nullable Asker asker(CommandLine line, Console console) {
    checkOne(line);
    String certificate = line.value("as-cert");
    if (certificate != null) {
      return ofFile(certificate, console);
    }
    String account = line.value("as-service-account");
    if (account != null) {
      ServiceAccountName name = serviceAccount(account);
      return withAdded(
          Identity.of(name.userName(), List.of()), name.groups(), "ServiceAccount " + account);
    }
    String user = line.value("as");
    if (user == null) {
      return null;
    }
    Identity given =
        new Identity(user, line.value("as-uid", ""), line.values("as-group"), Map.of());
    ServiceAccountName own = ServiceAccountName.ofUser(user);
    boolean alone = given.groups().isEmpty();
    List<String> added = new ArrayList<>(alone && own != null ? own.groups() : List.of());
    if (user.equals(Identity.ANONYMOUS_USER)
        && !given.groups().contains(Identity.UNAUTHENTICATED_GROUP)) {
      added.add(Identity.UNAUTHENTICATED_GROUP);
    }
    return withAdded(given, added, "");
  }

  private static void checkOne(CommandLine line) {
    int ways = 0;
    for (String way : List.of("as", "as-service-account", "as-cert")) {
      ways += line.has(way) ? 1 : 0;
    }
    if (ways > 1) {
      throw new UsageException(
          "--as, --as-service-account and --as-cert say three times who asks", "give one of them");
    }
    if (!line.has("as") && (line.has("as-group") || line.has("as-uid"))) {
      throw new UsageException(
          "--as-group and --as-uid belong to --as",
          ways == 1
              ? "the groups of certificates and ServiceAccounts are known; leave them out"
              : "say --as USER too");
    }
  }

  private static ServiceAccountName serviceAccount(String text) {
    int colon = text.indexOf(':');
    if (colon > 0) {
      try {
        return new ServiceAccountName(text.substring(0, colon), text.substring(colon + 1));
      } catch (IllegalArgumentException impossible) {
        // Said below, in the words of the option.
      }
    }
    throw new UsageException(
        "--as-service-account cannot be \"" + text + "\"",
        "give namespace and name, such as default:robot");
  }

  private static Asker ofFile(String name, Console console) {
    if (name.equals("-")) {
      return CertificateAsker.of(
          "standard input",
          StandardInput.read(console, "--as-cert", BoundedFile.DEFAULT_LIMIT),
          null,
          console);
    }
    Path file = Path.of(name);
    return CertificateAsker.of(
        name, BoundedFile.read(file, BoundedFile.DEFAULT_LIMIT), file, console);
  }

  private static Asker withAdded(Identity given, List<String> groups, String source) {
    List<String> all = new ArrayList<>(given.groups());
    all.addAll(groups);
    Identity identity =
        new Identity(given.name(), given.uid(), all, given.extra()).withAuthenticatedGroup();
    List<String> added = identity.groups().subList(given.groups().size(), identity.groups().size());
    return new Asker(identity, added, source);
  }
}
