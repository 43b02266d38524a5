package dev.certwright.cli.revocation;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.OutletAccessException;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.AuthorizationConfiguration.WebhookFlags;
import dev.certwright.revocation.authorization.NeverCalledKubeconfig;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.PublishedDenylist;
import dev.certwright.revocation.outlet.OutletsFile;
import dev.certwright.revocation.setup.StaticPodManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files to be written so that an API server can refuse certificates; the manifest comes last. */
public final class SetupPlan {
  /** The first whose requests carry a credential id, and that reads the file as v1. */
  private static final int OLDEST_MINOR = 32;

  private static final String ORIGINAL = "kube-apiserver.yaml.before-certwright";
  private static final String AUTHORIZATION = "authorization.yaml";
  private static final String NEVER_CALLED = "never-called.kubeconfig";

  private final List<Step> steps = new ArrayList<>();
  private final List<String> next = new ArrayList<>();
  private @Nullable Path authorization;

  private SetupPlan() {}

  /** One file. */
  private record Step(PublishedFile file, @Nullable String before, String after, boolean manifest) {

    boolean isChange() {
      return !after.equals(before);
    }
  }

  private void add(Path file, String content) {
    add(file, content, false);
  }

  private void add(Path file, String content, boolean manifest) {
    PublishedFile published = new PublishedFile(file);
    byte[] before = published.read();
    steps.add(
        new Step(
            published,
            before == null ? null : new String(before, StandardCharsets.UTF_8),
            content,
            manifest));
  }

  /** For an API server whose flags somebody else sets. */
  public static SetupPlan ofModes(List<String> modes, SetupPlace place) {
    SetupPlan plan = new SetupPlan();
    if (modes.contains("Webhook")) {
      plan.withWebhook(modes, place);
    } else {
      plan.files(AuthorizationConfiguration.ofModes(modes, WebhookFlags.NONE), place);
    }
    plan.next.add(
        "start kube-apiserver with --authorization-config="
            + place.folder().resolve(AUTHORIZATION)
            + " in place of --authorization-mode; it must see the whole folder, not the file alone");
    plan.next.add(
        "name it as apiServers in the outlets file; then certwright revocations status asks it what it"
            + " has loaded");
    return plan;
  }

  private void withWebhook(List<String> modes, SetupPlace place) {
    Path file = place.folder().resolve(AUTHORIZATION);
    byte[] there = new PublishedFile(file).read();
    AuthorizationConfiguration written =
        there == null ? null : AuthorizationConfiguration.read(new PublishedFile(file), there);
    if (written == null || !written.ownModes().equals(modes)) {
      throw new CommandException(
          ExitCode.USAGE,
          "the mode Webhook has settings of its own",
          "write all authorizers into "
              + file
              + " yourself, in this order and as Kubernetes documents it, and run this again");
    }
    files(file, written, place);
  }

  /** What the API server decides by now counts, whatever a file says that lies there. */
  private void files(AuthorizationConfiguration own, SetupPlace place) {
    Path file = place.folder().resolve(AUTHORIZATION);
    byte[] there = new PublishedFile(file).read();
    AuthorizationConfiguration before =
        there == null ? null : AuthorizationConfiguration.read(new PublishedFile(file), there);
    if (there == null || before == null || before.decidesAs(own)) {
      files(file, before == null ? own : before, place);
      return;
    }
    next.add(
        file
            + " was there with other authorizers, "
            + String.join(",", before.ownModes())
            + "; it has those of the API server now, "
            + String.join(",", own.ownModes())
            + ", and the one before is "
            + new PublishedFile(file).previous());
    if (before.isSetUp()) {
      String neverCalled = file.resolveSibling(NEVER_CALLED).toString();
      // Who is refused already stays so, and another ledger does not get to publish here.
      files(
          file,
          own.withDenylist(PublishedDenylist.read(file.toString(), there), neverCalled),
          place);
    } else {
      files(file, own, place);
    }
  }

  private void files(Path file, AuthorizationConfiguration base, SetupPlace place) {
    authorization = file;
    Path neverCalled = file.resolveSibling(NEVER_CALLED);
    add(neverCalled, NeverCalledKubeconfig.TEXT);
    AuthorizationConfiguration made =
        base.isSetUp()
            ? base
            : base.withDenylist(
                Denylist.EMPTY,
                neverCalled.toString(),
                // Nothing is published with it yet, whatever the ledger says.
                Origin.carried(place.ledger().nameAlone()));
    add(file, made.text());
    String outlet =
        OutletsFile.of("control-plane", file.toString(), neverCalled.toString(), place.apiServer());
    Path outlets = place.outlets();
    if (Files.exists(outlets)) {
      next.add(outlets + " is there already: see that it has the outlet\n" + outlet);
    } else {
      add(outlets, outlet);
    }
    next.add("certwright revocations publish brings it up to date with the ledger");
  }

  /**
   * For an API server that the kubelet runs.
   *
   * @throws CommandException if it is too old, or reads its authorizers in a way that cannot work
   */
  public static SetupPlan ofManifest(Path file, SetupPlace place) {
    Path folder = place.folder();
    byte[] bytes = new PublishedFile(file).read();
    if (bytes == null) {
      throw new CommandException(
          ExitCode.USAGE,
          file + " does not exist",
          "run this on a control-plane node, or give --manifest, or --authorization-mode");
    }
    StaticPodManifest manifest = StaticPodManifest.read(file.toString(), bytes);
    if (manifest.minorVersion() >= 0 && manifest.minorVersion() < OLDEST_MINOR) {
      throw new CommandException(
          ExitCode.NO,
          "this API server is Kubernetes 1."
              + manifest.minorVersion()
              + ": it does not tell authorizers which certificate is used (1.32 and newer do)",
          "remove the person's bindings, or replace the client CA, until it is upgraded");
    }
    SetupPlan plan = new SetupPlan();
    String configured = manifest.flag("--authorization-config");
    if (configured != null) {
      plan.existing(manifest, Path.of(configured), place);
      return plan;
    }
    String modes = manifest.flag("--authorization-mode");
    WebhookFlags none = WebhookFlags.NONE;
    plan.files(
        AuthorizationConfiguration.ofModes(
            List.of((modes == null ? "AlwaysAllow" : modes).split(",", -1)),
            new WebhookFlags(
                value(manifest, "--authorization-webhook-config-file", none.configFile()),
                value(manifest, "--authorization-webhook-version", none.version()),
                value(
                    manifest, "--authorization-webhook-cache-authorized-ttl", none.authorizedTtl()),
                value(
                    manifest,
                    "--authorization-webhook-cache-unauthorized-ttl",
                    none.unauthorizedTtl()))),
        place);
    plan.add(folder.resolve(ORIGINAL), manifest.text());
    plan.add(
        file,
        manifest
            .withAuthorizationFile(folder.resolve(AUTHORIZATION).toString(), folder.toString())
            .text(),
        true);
    plan.next.add("the kubelet restarts the API server now; kubectl get --raw /readyz tells when");
    plan.next.add(kubeadm(folder));
    return plan;
  }

  /** What kubeadm makes the manifest of when it upgrades the node. */
  private static String kubeadm(Path folder) {
    return "kubeadm upgrade writes the manifest anew from its ClusterConfiguration, and certificates that"
        + " were revoked would be let in again: kubectl -n kube-system edit configmap kubeadm-config,"
        + " and put this into it, in place of an authorization-mode there (v1beta4):\n"
        + "apiServer:\n"
        + "  extraArgs:\n"
        + "  - name: authorization-config\n"
        + "    value: "
        + folder.resolve(AUTHORIZATION)
        + "\n  extraVolumes:\n"
        + "  - name: certwright-authorization\n"
        + "    hostPath: "
        + folder
        + "\n    mountPath: "
        + folder
        + "\n    readOnly: true\n    pathType: Directory";
  }

  private static String value(StaticPodManifest manifest, String flag, String otherwise) {
    String value = manifest.flag(flag);
    return value == null ? otherwise : value;
  }

  private void existing(StaticPodManifest manifest, Path configured, SetupPlace place) {
    if (!manifest.seesFolderOf(configured.toString())) {
      throw new CommandException(
          ExitCode.NO,
          "the API server sees "
              + configured
              + " alone or not at all: it would go on with the old one when a new one takes its place",
          "mount the folder of the file in place of the file");
    }
    byte[] bytes = new PublishedFile(configured).read();
    if (bytes == null) {
      throw new CommandException(
          ExitCode.USAGE,
          configured + " does not exist here",
          Files.exists(new PublishedFile(configured).previous())
              ? "put the one before in its place, "
                  + new PublishedFile(configured).previous()
                  + ", and run this again"
              : "run this on the node of the manifest; if this is it, --undo puts --authorization-mode"
                  + " back, and setup makes the file anew");
    }
    files(configured, AuthorizationConfiguration.read(new PublishedFile(configured), bytes), place);
  }

  /**
   * Puts the manifest back.
   *
   * @throws CommandException if it was changed since, or never by this
   */
  public static SetupPlan undo(Path file, Path folder) {
    byte[] original = new PublishedFile(folder.resolve(ORIGINAL)).read();
    byte[] current = new PublishedFile(file).read();
    if (original == null || current == null) {
      throw new CommandException(
          ExitCode.USAGE,
          (original == null ? folder.resolve(ORIGINAL) : file) + " does not exist",
          "there is nothing to undo with; name the folder of setup with --dir");
    }
    String before = new String(original, StandardCharsets.UTF_8);
    String made =
        StaticPodManifest.read(file.toString(), original)
            .withAuthorizationFile(folder.resolve(AUTHORIZATION).toString(), folder.toString())
            .text();
    String now = new String(current, StandardCharsets.UTF_8);
    if (!now.equals(made) && !now.equals(before)) {
      throw new CommandException(
          ExitCode.NO,
          file + " was changed since setup wrote it; nothing was undone",
          "put --authorization-mode in place of --authorization-config by hand, and remove the volume"
              + " certwright-authorization; "
              + folder.resolve(ORIGINAL)
              + " is the one before");
    }
    SetupPlan plan = new SetupPlan();
    plan.add(file, before, true);
    plan.next.add(
        "certificates that were revoked are let in again by this API server; take the outlet out of"
            + " the outlets file");
    return plan;
  }

  /** The file of authorizers; null if this only puts a manifest back. */
  public @Nullable Path authorization() {
    return authorization;
  }

  /** Whether anything is to be written. */
  public boolean isChange() {
    for (Step step : steps) {
      if (step.isChange()) {
        return true;
      }
    }
    return false;
  }

  /** What is to be written, as a diff. */
  public String describe() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append(
          LineDiff.of(
              step.file().path().toString(),
              step.before() == null ? "" : step.before(),
              step.after()));
    }
    return text.toString();
  }

  /** What remains to be done by whoever runs it. */
  public List<String> next() {
    return List.copyOf(next);
  }

  /**
   * Writes it, the manifest last.
   *
   * @throws OutletAccessException if a file cannot be written; those before it are there
   */
  public void apply() {
    for (Step step : steps) {
      try {
        Path folder = step.file().path().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
      } catch (IOException failed) {
        throw new OutletAccessException(
            "the folder of " + step.file().path() + " cannot be made: " + failed.getMessage(),
            "run this as root on the control-plane node",
            failed);
      }
      byte[] content = step.after().getBytes(StandardCharsets.UTF_8);
      if (step.manifest()) {
        step.file().replace(content);
      } else {
        step.file().write(content);
      }
    }
  }
}
