package dev.certwright.revocation.outlet;

import dev.certwright.authority.AuthorityException;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.PublishedDenylist;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One outlet about to be brought up to date: first what it would hold, then, if wanted, done. An
 * outlet that fails does not keep the others from their turn.
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
   * What came of it.
   *
   * @param outlet of what
   * @param changed whether its file was written
   * @param problem what went wrong; empty if nothing
   * @param advice what to do about that; may be empty
   * @param deliveries what came of handing it over, in order
   */
  public record Result(
      Outlet outlet, boolean changed, String problem, String advice, List<Delivery> deliveries) {

    public Result {
      deliveries = List.copyOf(deliveries);
    }

    /** Whether it is everywhere it should be. */
    public boolean isDone() {
      for (Delivery delivery : deliveries) {
        if (!delivery.problem().isEmpty()) {
          return false;
        }
      }
      return problem.isEmpty();
    }
  }

  /**
   * What came of handing it to one recipient.
   *
   * @param recipient who
   * @param problem what went wrong; empty if nothing
   */
  public record Delivery(Recipient recipient, String problem) {}

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
    } catch (AuthorityException unusable) {
      return new Publication(outlet, origin, before, null, unusable.getMessage() + "", "");
    }
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

  /** What it would hold; null if that cannot be said. Not to be changed. */
  public byte @Nullable [] content() {
    return after;
  }

  /** Does it; throws nothing. */
  public Result apply() {
    if (after == null) {
      return new Result(outlet, false, problem, advice, List.of());
    }
    PublishedFile file = outlet.file();
    boolean changed;
    try {
      changed = file.write(after);
    } catch (RevocationException failed) {
      return new Result(outlet, false, failed.getMessage() + "", failed.advice(), List.of());
    }
    List<Delivery> deliveries = new ArrayList<>();
    // Also if nothing changed: an earlier delivery may have failed.
    for (Recipient recipient : outlet.recipients()) {
      deliveries.add(new Delivery(recipient, recipient.send(after, origin)));
    }
    return new Result(outlet, changed, "", "", deliveries);
  }
}
