package dev.certwright.kubeconfig;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program that gives credentials when asked (EX-01). Texts are empty when they are not set.
 *
 * @param command the program; looked up in PATH unless it has a path separator
 * @param args its arguments, null if none were written
 * @param env variables added to its environment, null if none were written
 * @param apiVersion version of the messages it speaks
 * @param installHint what to tell a user who does not have it
 * @param provideClusterInfo whether it is told about the cluster
 * @param interactiveMode {@code Never}, {@code IfAvailable} or {@code Always}
 */
public record ExecConfig(
    String command,
    @Nullable List<String> args,
    @Nullable List<EnvVar> env,
    String apiVersion,
    String installHint,
    boolean provideClusterInfo,
    String interactiveMode) {

  /** Copies the lists. */
  public ExecConfig {
    args = args == null ? null : List.copyOf(args);
    env = env == null ? null : List.copyOf(env);
  }

  /**
   * A variable of the program's environment.
   *
   * @param name its name
   * @param value its value, possibly a secret
   */
  public record EnvVar(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  ExecConfig withCommand(String other) {
    return new ExecConfig(
        other, args, env, apiVersion, installHint, provideClusterInfo, interactiveMode);
  }

  @Override
  public String toString() {
    return "ExecConfig[command=" + command + ", apiVersion=" + apiVersion + "]";
  }
}
