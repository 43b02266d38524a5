package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked about: resources, paths and requests as they are typed. */
final class CanIResourceTest {
  @TempDir Path folder;
  private PolicyFile policy;

  @BeforeEach
  void write() throws IOException {
    policy = PolicyFile.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "get po, get pods in API group \"\"",
    "get pod, get pods in API group \"\"",
    "get Pods, get pods in API group \"\"",
    "get pods.v1., get pods in API group \"\"",
    "get deploy, get deployments in API group \"apps\"",
    "get deployments.apps, get deployments in API group \"apps\"",
    "get deploy.v1.apps, get deployments in API group \"apps\"",
    "get deployments.extensions, get deployments in API group \"extensions\"",
    "patch deployments/scale, patch deployments/scale in API group \"apps\"",
    "get pods/log web, get pods/log \"web\" in API group \"\"",
    "get pods web --subresource log, get pods/log \"web\" in API group \"\"",
    "get pods/web --subresource log, get pods/log \"web\" in API group \"\"",
    "get notebooks, get notebooks in API group \"kubeflow.org\"",
    "'* *', * * in API group \"*\"",
    "'* *.apps', * * in API group \"apps\"",
    "sign signers.certificates.k8s.io x, sign signers \"x\" in API group \"certificates.k8s.io\"",
    "impersonate users ann, impersonate users \"ann\" in API group \"\"",
  })
  void resourcesAreTakenAsKubectlTakesThem(String typed, String asked) {
    assertThat(policy.canI(typed + " --as jane").out())
        .containsPattern("\n  asked +" + Pattern.quote(asked));
  }

  @Test
  void patchOfDeploymentsScaleIsAboutTheSubresourceKubectl1797() {
    assertThat(policy.canI("patch deployments/scale -n dev --as jane --as-group devs").exitCode())
        .isZero();
    Run object = policy.canI("patch deployments/web -n dev --as jane --as-group devs");
    assertThat(object.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(object.err())
        .contains("deployments has no subresource \"web\"")
        .contains("for the object of that name say: deployments web");
  }

  @Test
  void objectsOfTheClusterHaveNoNamespace() {
    assertThat(policy.canI("get nodes --as ann").out())
        .contains("nodes in API group \"\" at the cluster");
    Run run = policy.canI("get nodes -n dev --as ann");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("nodes belong to no namespace; -n is left out");
    assertThat(policy.canI("get ns dev --as ann").out()).contains("in the namespace \"dev\"");
  }

  @Test
  void createNamesNoObjectSoThatRulesLimitedToNamesDoNotCount() {
    Run run = policy.canI("create secrets token -n dev --as jane --as-group devs");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("a request to create names no object");
    assertThat(policy.canI("get secrets token -n dev --as jane --as-group devs").exitCode())
        .isZero();
  }

  @Test
  void pathsAreAskedAboutAsTheyStand() {
    Run run = policy.canI("get /logs/kubelet.log --as ann --explain");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("asked       get path \"/logs/kubelet.log\"");
    assertThat(policy.canI("get /metrics --as ann").exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void requestGoesThroughTheRequestInfoOfTheServer() {
    Run run =
        policy.canI(
            "--request",
            "GET /api/v1/namespaces/dev/pods?watch=1",
            "--as",
            "jane",
            "--as-group",
            "devs");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("watch pods in API group \"\" in the namespace \"dev\"");
    assertThat(policy.canI("--request", "GET /api/v1/watch", "--as", "jane").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(policy.canI("--request", "GET /%zz", "--as", "jane").err()).contains("(400)", "%zz");
  }

  @Test
  void resourceNobodyKnowsIsSaidAndAskedAboutInTheCoreGroup() {
    Run run = policy.canI("get widgets --as jane");
    assertThat(run.out()).contains("get widgets in API group \"\"");
    assertThat(run.err()).contains("in no rule: \"widgets\"", "say RESOURCE.GROUP");
    assertThat(policy.canI("get podz --as jane").err()).contains("did you mean pods?");
    assertThat(policy.canI("GET pods --as jane").err()).contains("did you mean get?");
  }
}
