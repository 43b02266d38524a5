package dev.certwright.kubeconfig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Upstream's checks of a configuration, in its words (KC-10 to KC-18). */
final class KubeconfigValidation {
  static final String NOTHING_CONFIGURED =
      "no configuration has been provided, try setting KUBERNETES_MASTER environment variable";
  static final String NO_SERVER = "cluster has no server defined";

  private KubeconfigValidation() {}

  /** Whether nothing is set, origin included: a cluster that stands in a file is never that. */
  private static boolean isNothing(Cluster cluster) {
    return cluster.equals(Cluster.EMPTY);
  }

  static List<String> cluster(String name, Cluster cluster) {
    List<String> problems = new ArrayList<>();
    if (isNothing(cluster)) {
      problems.add(NO_SERVER);
      return problems;
    }
    String authority = cluster.certificateAuthority();
    if (cluster.server().isEmpty()) {
      problems.add(noServer(name));
    }
    if (!cluster.proxyUrl().isEmpty()) {
      addProxyProblem(problems, name, cluster.proxyUrl());
    }
    if (!authority.isEmpty() && !cluster.certificateAuthorityData().isEmpty()) {
      problems.add(
          "certificate-authority-data and certificate-authority are both specified for "
              + name
              + ". certificate-authority-data will override.");
    }
    addUnreadable(problems, "certificate-authority", authority, name);
    return problems;
  }

  static String noServer(String name) {
    return name.isEmpty()
        ? "default cluster has no server defined"
        : "no server found for cluster " + GoStrings.quote(name);
  }

  private static void addProxyProblem(List<String> problems, String name, String url) {
    String scheme = GoUrls.scheme(url);
    String problem;
    if (scheme == null) {
      problem = "could not parse: " + url;
    } else if (scheme.equals("http") || scheme.equals("https") || scheme.equals("socks5")) {
      return;
    } else {
      problem =
          "unsupported scheme " + GoStrings.quote(scheme) + ", must be http, https, or socks5";
    }
    problems.add(
        "invalid 'proxy-url' "
            + GoStrings.quote(url)
            + " for cluster "
            + GoStrings.quote(name)
            + ": "
            + problem);
  }

  static List<String> user(String name, AuthInfo user) {
    List<String> problems = new ArrayList<>();
    if (!user.clientCertificate().isEmpty() || !user.clientCertificateData().isEmpty()) {
      addCertificateProblems(problems, name, user);
    }
    ExecConfig exec = user.exec();
    if (exec != null) {
      addExecProblems(problems, name, user, exec);
    }
    boolean basic = !user.username().isEmpty() || !user.password().isEmpty();
    if (!user.token().isEmpty() && basic) {
      problems.add(
          "more than one authentication method found for "
              + name
              + "; found [token basicAuth], only one is allowed");
    }
    boolean impersonates =
        !user.impersonateUid().isEmpty()
            || !user.impersonateGroups().isEmpty()
            || !user.impersonateUserExtra().isEmpty();
    if (impersonates && user.impersonate().isEmpty()) {
      problems.add(
          "requesting uid, groups or user-extra for " + name + " without impersonating a user");
    }
    return problems;
  }

  private static void addCertificateProblems(List<String> problems, String name, AuthInfo user) {
    if (!user.clientCertificate().isEmpty() && !user.clientCertificateData().isEmpty()) {
      problems.add(
          "client-cert-data and client-cert are both specified for "
              + name
              + ". client-cert-data will override.");
    }
    if (!user.clientKey().isEmpty() && !user.clientKeyData().isEmpty()) {
      problems.add(
          "client-key-data and client-key are both specified for "
              + name
              + "; client-key-data will override");
    }
    if (user.clientKey().isEmpty() && user.clientKeyData().isEmpty()) {
      problems.add(
          "client-key-data or client-key must be specified for "
              + name
              + " to use the clientCert authentication method.");
    }
    addUnreadable(problems, "client-cert", user.clientCertificate(), name);
    addUnreadable(problems, "client-key", user.clientKey(), name);
  }

  private static void addExecProblems(
      List<String> problems, String name, AuthInfo user, ExecConfig exec) {
    if (user.authProvider() != null) {
      problems.add(
          "authProvider cannot be provided in combination with an exec plugin for " + name);
    }
    String use = " must be specified for " + name + " to use exec authentication plugin";
    if (exec.command().isEmpty()) {
      problems.add("command" + use);
    }
    if (exec.apiVersion().isEmpty()) {
      problems.add("apiVersion" + use);
    }
    List<ExecConfig.EnvVar> env = exec.env();
    if (env != null) {
      for (ExecConfig.EnvVar variable : env) {
        if (variable.name().isEmpty()) {
          problems.add("env variable name" + use);
        }
      }
    }
    switch (exec.interactiveMode()) {
      case "" -> problems.add("interactiveMode" + use);
      case "Never", "IfAvailable", "Always" -> {}
      default ->
          problems.add(
              "invalid interactiveMode for "
                  + name
                  + ": "
                  + GoStrings.quote(exec.interactiveMode()));
    }
  }

  static List<String> context(String name, Context context, Kubeconfig config) {
    List<String> problems = new ArrayList<>();
    String quoted = GoStrings.quote(name);
    if (name.isEmpty()) {
      problems.add("empty context name is not allowed");
    }
    if (context.user().isEmpty()) {
      problems.add("user was not specified for context " + quoted);
    } else if (!config.users().containsKey(context.user())) {
      problems.add(
          "user " + GoStrings.quote(context.user()) + " was not found for context " + quoted);
    }
    if (context.cluster().isEmpty()) {
      problems.add("cluster was not specified for context " + quoted);
    } else if (!config.clusters().containsKey(context.cluster())) {
      problems.add(
          "cluster " + GoStrings.quote(context.cluster()) + " was not found for context " + quoted);
    }
    if (!context.namespace().isEmpty() && !isDnsLabel(context.namespace())) {
      problems.add(
          "namespace "
              + GoStrings.quote(context.namespace())
              + " for context "
              + quoted
              + " does not conform to the kubernetes DNS_LABEL rules");
    }
    return problems;
  }

  /** RFC 1123 label: lower-case letters, digits and inner hyphens, at most 63. */
  static boolean isDnsLabel(String text) {
    int length = text.length();
    if (length == 0 || length > 63) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!alphanumeric && (c != '-' || i == 0 || i == length - 1)) {
        return false;
      }
    }
    return true;
  }

  private static void addUnreadable(List<String> problems, String what, String file, String name) {
    if (file.isEmpty()) {
      return;
    }
    String prefix = "unable to read " + what + " " + file + " for " + name + " due to ";
    try (InputStream in = Files.newInputStream(KubeconfigFiles.path(file))) {
      in.available();
    } catch (IOException e) {
      if (!IoProblems.reason(e).equals("is a directory")) {
        problems.add(prefix + IoProblems.opening(file, e));
      }
    } catch (KubeconfigAccessException e) {
      problems.add(prefix + e.getMessage());
    }
  }
}
