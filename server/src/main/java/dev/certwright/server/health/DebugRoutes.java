package dev.certwright.server.health;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /debug/threads}: what each thread does, and how much memory is used, for whom a rule lets.
 * Names and lines of code, nothing of what clients sent. Only there with {@code --profiling}.
 */
public final class DebugRoutes implements Routes {

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    return !info.resourceRequest() && method.equals("GET") && info.path().equals("/debug/threads")
        ? call -> Response.text(200, text())
        : null;
  }

  private static String text() {
    StringBuilder out = new StringBuilder(16 << 10);
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    out.append("heap: ").append(memory.getHeapMemoryUsage()).append('\n');
    out.append("other memory: ").append(memory.getNonHeapMemoryUsage()).append("\n");
    Map<String, ThreadInfo> threads = new TreeMap<>();
    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
      threads.put(thread.getThreadName() + " " + thread.getThreadId(), thread);
    }
    threads.forEach(
        (name, thread) -> {
          out.append('\n').append(name).append(", ").append(thread.getThreadState());
          if (thread.getLockName() != null) {
            out.append(" on ").append(thread.getLockName());
          }
          out.append('\n');
          for (StackTraceElement element : thread.getStackTrace()) {
            out.append("    at ").append(element).append('\n');
          }
        });
    return out.toString();
  }
}
