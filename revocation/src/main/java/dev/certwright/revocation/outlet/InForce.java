package dev.certwright.revocation.outlet;

import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.ListMark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether an API server has loaded an authorization file, and how that is known. The hash in its
 * metrics is proof; so is the mark of the list that it tells a canary. An API server that has
 * neither (Kubernetes before 1.34, and nobody made a canary) only tells when it read its file anew.
 *
 * @param apiServer which
 * @param state how it stands
 * @param since when it loaded what it has; null if not known
 * @param detail how that is known, or why not
 */
public record InForce(ApiServer apiServer, State state, @Nullable Instant since, String detail) {
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final long SILENT_NANOS = 3_000_000_000L;

  /** How it stands. */
  public enum State {
    /** It has loaded these lists. */
    IN_FORCE("in force"),
    /** It has read its file after that was written; its content it does not tell. */
    RELOADED("reloaded"),
    /** It has other lists, or none. */
    NOT_IN_FORCE("not in force"),
    /** It tells nothing by which that could be known. */
    NOT_PROVEN("not proven"),
    /** It cannot be asked. */
    UNREACHABLE("not in force");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** In a word or two. */
    public String label() {
      return label;
    }

    /** Whether nothing says otherwise: proven, or reloaded. */
    public boolean isGood() {
      return this == IN_FORCE || this == RELOADED;
    }
  }

  /**
   * What is asked about.
   *
   * @param path of the file, for messages
   * @param hash {@code sha256:}… of the file
   * @param mark of the lists in it; empty if it has none
   * @param written when it was written; null if not known
   * @param canary kubeconfig of the canary; null if there is none
   * @param canaryUser its user
   * @param environment of this process
   */
  public record Question(
      Path path,
      String hash,
      String mark,
      @Nullable Instant written,
      @Nullable Path canary,
      String canaryUser,
      Map<String, String> environment) {

    /** About a file with this content. */
    public static Question of(
        Path path,
        byte[] content,
        @Nullable Instant written,
        @Nullable Path canary,
        String canaryUser,
        Map<String, String> environment) {
      return new Question(
          path,
          AuthorizationConfiguration.hash(content),
          ListMark.in(new String(content, StandardCharsets.UTF_8)),
          written,
          canary,
          canaryUser,
          environment);
    }
  }

  /** Asks once. */
  public static InForce of(ApiServer server, Question asked) {
    ApiServer.Metrics metrics = server.metrics();
    String loaded = metrics.loadedHash();
    if (!loaded.isEmpty()) {
      return byHash(server, asked, metrics, loaded);
    }
    InForce shown =
        asked.canary == null
            ? null
            : byCanary(
                server,
                asked,
                metrics,
                server.present(asked.canary, asked.canaryUser, asked.environment));
    if (shown != null && (shown.state != State.NOT_PROVEN || !metrics.problem().isEmpty())) {
      return shown;
    }
    if (!metrics.problem().isEmpty()) {
      return new InForce(server, State.UNREACHABLE, null, "cannot be asked: " + metrics.problem());
    }
    return byReload(server, asked, metrics, shown == null ? "" : "; " + shown.detail);
  }

  /**
   * Asks until it has loaded the file, or the time is over.
   *
   * @param patienceNanos how long to wait for who is still reading
   */
  public static InForce await(ApiServer server, Question asked, long patienceNanos) {
    long end = System.nanoTime() + patienceNanos;
    // Who does not answer at all is not waited for as long as who is still reading.
    long silentEnd = System.nanoTime() + Math.min(SILENT_NANOS, patienceNanos);
    while (true) {
      InForce answer = of(server, asked);
      boolean silent = answer.state == State.UNREACHABLE || answer.state == State.NOT_PROVEN;
      if (answer.state.isGood() || System.nanoTime() - (silent ? silentEnd : end) >= 0) {
        return answer;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  static InForce byHash(
      ApiServer server, Question asked, ApiServer.Metrics metrics, String loaded) {
    if (loaded.equals(asked.hash)) {
      return new InForce(server, State.IN_FORCE, metrics.loaded(), "has loaded this file");
    }
    return new InForce(
        server,
        State.NOT_IN_FORCE,
        metrics.loaded(),
        "has loaded another file ("
            + loaded
            + ") than the one in "
            + asked.path
            + " ("
            + asked.hash
            + ")"
            + refused(metrics));
  }

  private static String refused(ApiServer.Metrics metrics) {
    Instant refused = metrics.refused();
    Instant reloaded = metrics.reloaded();
    return refused == null || reloaded != null && reloaded.isAfter(refused)
        ? ""
        : "; it refused the file it found at " + refused;
  }

  static InForce byCanary(
      ApiServer server, Question asked, ApiServer.Metrics metrics, ApiServer.Presentation shown) {
    String mark = asked.mark;
    String told = ListMark.in(shown.detail());
    return switch (shown.presented()) {
      case REFUSED ->
          !mark.isEmpty() && told.equals(mark)
              ? new InForce(
                  server,
                  State.IN_FORCE,
                  metrics.loaded(),
                  "refuses the canary by this list (" + mark + ")")
              : new InForce(
                  server,
                  State.NOT_IN_FORCE,
                  metrics.loaded(),
                  "refuses the canary by another list ("
                      + (told.isEmpty() ? "one without a mark" : told)
                      + ") than the one in "
                      + asked.path
                      + " ("
                      + (mark.isEmpty() ? "which has no mark: publish it" : mark)
                      + ")"
                      + refused(metrics));
      case NOT_REFUSED ->
          new InForce(server, State.NOT_IN_FORCE, metrics.loaded(), "lets the canary in");
      case UNKNOWN ->
          new InForce(
              server,
              State.NOT_PROVEN,
              null,
              "does not know the canary: it is of another CA, or has expired");
      case UNREACHABLE ->
          new InForce(server, State.UNREACHABLE, null, "cannot be asked: " + shown.detail());
    };
  }

  static InForce byReload(
      ApiServer server, Question asked, ApiServer.Metrics metrics, String more) {
    Instant written = asked.written;
    Instant reloaded = metrics.reloaded();
    Instant started = metrics.started();
    Instant refused = metrics.refused();
    if (refused != null
        && written != null
        && !refused.isBefore(written)
        && (reloaded == null || reloaded.isBefore(refused))) {
      return new InForce(
          server,
          State.NOT_IN_FORCE,
          reloaded,
          "it refused the file it found at " + refused + more);
    }
    if (written == null || reloaded == null && started == null) {
      return new InForce(
          server,
          State.NOT_PROVEN,
          null,
          "tells neither a hash of its authorization file nor when it read it"
              + more
              + "; a canary would tell: certwright revocations canary");
    }
    Instant last =
        reloaded == null || started != null && started.isAfter(reloaded) ? started : reloaded;
    if (last == null || last.isBefore(written)) {
      return new InForce(
          server,
          State.NOT_IN_FORCE,
          last,
          "has not read its file since that was written, at " + written + more);
    }
    return new InForce(
        server,
        State.RELOADED,
        last,
        "has read its file after it was written, by its clock; its content it does not tell"
            + more
            + "; a canary would tell: certwright revocations canary");
  }
}
