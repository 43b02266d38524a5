package dev.certwright.revocation.outlet;

import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.PublishedDenylist;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One outlet about to be brought up to date: first what it would hold, then, if wanted, written,
 * then handed over. An outlet that fails does not keep the others from their turn.
 */
public final class Publication {
  private final Outlet outlet;
  private final byte @Nullable [] before;
  private final byte @Nullable [] after;
  private final Origin origin;
  private final String problem;
  private final String advice;

  private Publication(
      Outlet outlet,
      Origin origin,
      byte @Nullable [] before,
      byte @Nullable [] after,
      String problem,
      String advice) {
    this.outlet = outlet;
    this.origin = origin;
    this.before = before;
    this.after = after;
    this.problem = problem;
    this.advice = advice;
  }

  /**
   * What came of writing its file.
   *
   * @param changed whether it was written
   * @param problem what went wrong; empty if nothing
   * @param advice what to do about that; may be empty
   */
  public record Written(boolean changed, String problem, String advice) {}

  /** Works out what an outlet is to hold, and checks it; writes nothing and throws nothing. */
  public static Publication plan(Outlet outlet, Standing standing) {
    return plan(outlet, standing.origin(), before -> outlet.content(standing, before));
  }

  /** The same by a list that was published elsewhere. */
  public static Publication plan(AuthorizationFileOutlet outlet, PublishedDenylist published) {
    return plan(outlet, published.origin(), before -> outlet.content(published, before));
  }

  /** Makes a content. */
  private interface Content {
    byte[] of(byte @Nullable [] before);
  }

  private static Publication plan(Outlet outlet, Origin origin, Content content) {
    byte[] before = null;
    try {
      before = outlet.file().read();
      return new Publication(outlet, origin, before, content.of(before), "", "");
    } catch (RevocationException unacceptable) {
      return new Publication(
          outlet, origin, before, null, unacceptable.getMessage() + "", unacceptable.advice());
    } catch (RuntimeException unusable) {
      // Such as a CA's key that does not open: whatever it is, the other outlets need theirs.
      return new Publication(outlet, origin, before, null, message(unusable), "");
    }
  }

  private static String message(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getName() : message;
  }

  /** Of what. */
  public Outlet outlet() {
    return outlet;
  }

  /** Why it cannot be done; empty if it can. */
  public String problem() {
    return problem;
  }

  /** What to do about the problem; may be empty. */
  public String advice() {
    return advice;
  }

  /** What the file holds now; empty if there is none. */
  public String before() {
    return before == null ? "" : new String(before, StandardCharsets.UTF_8);
  }

  /** What it would hold; empty if that cannot be said. */
  public String after() {
    return after == null ? "" : new String(after, StandardCharsets.UTF_8);
  }

  /** Whether the file would change. */
  public boolean isChange() {
    return after != null && !Arrays.equals(before, after);
  }

  /** Whether the file holds it; throws nothing. */
  public boolean isThere() {
    try {
      return after != null && Arrays.equals(after, outlet.file().read());
    } catch (RevocationException unreadable) {
      return false;
    }
  }

  /** What it would hold; null if that cannot be said. Not to be changed. */
  public byte @Nullable [] content() {
    return after;
  }

  /** Writes its file; throws nothing. */
  public Written write() {
    if (after == null) {
      return new Written(false, problem, advice);
    }
    try {
      return new Written(outlet.file().write(after), "", "");
    } catch (RevocationException failed) {
      return new Written(false, failed.getMessage() + "", failed.advice());
    }
  }

  /**
   * Hands over what its file holds now, which may be what another process has written since; throws
   * nothing. Whoever may do so at the same time for the same recipient has to wait for this one:
   * what is older must not come last.
   *
   * @return what went wrong; empty if nothing
   */
  public String deliver(Recipient recipient) {
    try {
      byte[] now = outlet.file().read();
      if (now == null) {
        return outlet.path() + " is not there any more";
      }
      boolean own = Arrays.equals(now, after);
      return recipient.send(
          now,
          own || !(outlet instanceof AdmissionPolicyOutlet)
              ? origin
              : Origin.carried(AdmissionPolicyOutlet.sourceOf(now)));
    } catch (RevocationException failed) {
      return failed.getMessage() + "";
    }
  }
}
