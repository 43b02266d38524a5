package dev.certwright.conformance.controlplane;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests the {@link ControlPlane} that all of a run share, started when the first asks for it
 * and stopped after the last. When a test has failed the logs stay, and where is said.
 */
public final class ControlPlaneExtension
    implements ParameterResolver,
        TestWatcher,
        InvocationInterceptor,
        LifecycleMethodExecutionExceptionHandler {
  private static final Namespace OWN = Namespace.create(ControlPlaneExtension.class);

  private static final class Shared implements AutoCloseable {
    final SharedControlPlane controlPlane = SharedControlPlane.start();
    final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public void close() throws IOException {
      try {
        controlPlane.close();
      } catch (AssertionError runsOn) {
        failed.set(true);
        throw runsOn;
      } finally {
        keepOrDelete();
      }
    }

    private void keepOrDelete() throws IOException {
      if (failed.get()) {
        System.err.println("the logs of the control plane are in " + controlPlane.folder());
      } else {
        controlPlane.deleteFolder();
      }
    }
  }

  // Surefire runs each class as a tree of its own: what lies at a tree's root is stopped after
  // each.
  private static Store store(ExtensionContext context) {
    return context.getStore(StoreScope.LAUNCHER_SESSION, OWN);
  }

  private static Shared shared(ExtensionContext context) {
    return store(context).getOrComputeIfAbsent(Shared.class, ignored -> new Shared(), Shared.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Shared shared = shared(context);
    ExtensionContext ofClass = ofClass(context);
    // What lies there is closed after the last test of the class.
    return ofClass
        .getStore(Namespace.create(ControlPlaneExtension.class, ofClass.getUniqueId()))
        .getOrComputeIfAbsent(
            ControlPlane.class,
            ignored -> new ControlPlane(shared.controlPlane, () -> shared.failed.set(true)),
            ControlPlane.class);
  }

  /** Of the outermost class. */
  private static ExtensionContext ofClass(ExtensionContext context) {
    ExtensionContext found = context;
    for (ExtensionContext above = context;
        above.getTestClass().isPresent();
        above = above.getParent().orElseThrow()) {
      found = above;
    }
    return found;
  }

  /** Not of one that could not be started. */
  private static void ifStarted(ExtensionContext context, Consumer<Shared> action) {
    Shared shared = store(context).get(Shared.class, Shared.class);
    if (shared != null) {
      action.accept(shared);
    }
  }

  private static void keepLogs(ExtensionContext context) {
    ifStarted(context, shared -> shared.failed.set(true));
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    keepLogs(context);
  }

  // A test watcher is not told when the class itself fails, and most start their servers there.
  @Override
  public <T> T interceptTestClassConstructor(
      Invocation<T> invocation,
      ReflectiveInvocationContext<Constructor<T>> invoked,
      ExtensionContext context)
      throws Throwable {
    try {
      return invocation.proceed();
    } catch (Throwable failed) {
      keepLogs(context);
      throw failed;
    }
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failed)
      throws Throwable {
    keepLogs(context);
    throw failed;
  }

  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failed)
      throws Throwable {
    keepLogs(context);
    throw failed;
  }
}
