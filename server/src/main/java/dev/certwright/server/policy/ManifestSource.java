package dev.certwright.server.policy;

import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacException;
import dev.certwright.server.ServerException;
import dev.certwright.server.pipeline.PolicySource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Manifests in files that are read again when they change. Files that are broken meanwhile change
 * nothing: it is said in the log, once, and what was read before stays in force. Before the first
 * reading there is nothing, and nothing is allowed.
 *
 * <p>Safe for use by several threads.
 */
public final class ManifestSource implements PolicySource {
  private static final System.Logger LOG = System.getLogger(ManifestSource.class.getName());

  private final ManifestReading reading;
  private final List<Consumer<Manifests>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Manifests manifests;
  private List<Object> fingerprint = List.of();
  private String lastProblem = "";

  /**
   * Of these files, not read yet.
   *
   * @param standardInput what stands for {@code -} among them, read once by the caller
   */
  public ManifestSource(ManifestSettings settings, byte[] standardInput) {
    this.reading = new ManifestReading(settings, standardInput);
  }

  /**
   * Reads them for the first time.
   *
   * @throws ServerException if they cannot be read or used
   */
  public synchronized void load() {
    try {
      fingerprint = reading.fingerprint();
      set(reading.read());
    } catch (IOException | RbacException unreadable) {
      throw new ServerException(
          "the manifests cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Looks after them; says whether something else is in force now. */
  public synchronized boolean refresh() {
    try {
      List<Object> found = reading.fingerprint();
      if (found.equals(fingerprint)) {
        return false;
      }
      Manifests read = readOnce(found);
      lastProblem = "";
      set(read);
      LOG.log(
          System.Logger.Level.INFO,
          "the manifests have changed and are in force: {0} roles, {1} bindings",
          read.policy().roleCount(),
          read.policy().bindingCount());
      return true;
    } catch (IOException | RbacException | ServerException unusable) {
      String problem = String.valueOf(unusable.getMessage());
      if (!problem.equals(lastProblem)) {
        lastProblem = problem;
        LOG.log(
            System.Logger.Level.WARNING,
            "the manifests have changed and cannot be used; the previous ones stay in force: {0}",
            problem);
      }
      return false;
    }
  }

  // What is broken is not read again until it changes.
  private Manifests readOnce(List<Object> found) throws IOException {
    try {
      Manifests read = reading.read();
      fingerprint = found;
      return read;
    } catch (ServerException broken) {
      fingerprint = found;
      throw broken;
    }
  }

  private void set(Manifests read) {
    manifests = read;
    for (Consumer<Manifests> listener : listeners) {
      listener.accept(read);
    }
  }

  /** Is told of all that are read from now on, on the thread that reads. */
  public void whenRead(Consumer<Manifests> listener) {
    listeners.add(listener);
  }

  /** What is in force; null before the first reading. */
  public @Nullable Manifests manifests() {
    return manifests;
  }

  @Override
  public @Nullable Policy current() {
    Manifests read = manifests;
    return read == null ? null : read.policy();
  }
}
