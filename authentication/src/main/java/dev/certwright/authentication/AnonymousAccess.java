package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Who shows no credentials is {@code system:anonymous} (rules ). */
public final class AnonymousAccess implements Authenticator {
  private static final Authentication ANONYMOUS =
      new Authentication.Authenticated(
          Identity.of(Identity.ANONYMOUS_USER, List.of(Identity.UNAUTHENTICATED_GROUP)));

  private final Set<String> paths;

  /** For whatever is asked. */
  public AnonymousAccess() {
    this.paths = Set.of();
  }

  /**
   * For some paths alone, each compared as a whole.
   *
   * @param paths none for all, as upstream has it
   */
  public AnonymousAccess(Collection<String> paths) {
    this.paths = Set.copyOf(paths);
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    return paths.isEmpty() || paths.contains(request.path())
        ? ANONYMOUS
        : new Authentication.NoOpinion();
  }
}
