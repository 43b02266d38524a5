package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What {@code deploy/Containerfile} puts into an image, started as {@code deploy/} starts it: no
 * home folder, a disk that cannot be written, the arguments and the bound on memory of the
 * Deployment. No container runtime is needed; the disk is a mount in a namespace of its own.
 */
class ContainerIT {
  private static final Path DEPLOY = Places.root().resolve("deploy");
  private static final String READ_ONLY =
      "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && ! touch \"$0/x\" 2>&-"
          + " && exec \"$@\"";

  private final Path folder = Places.newFolder("container");

  @Test
  void the_image_serves_the_deployment_on_a_read_only_disk_within_its_memory() throws IOException {
    Path image = Files.createDirectories(folder.resolve("image"));
    unpack(image);
    List<String> entryPoint =
        Json.texts(Json.parse("{\"words\":" + instruction("ENTRYPOINT") + "}"), "words");
    assertThat(entryPoint).hasSize(1);
    Path program = image.resolve(entryPoint.get(0).substring(1));
    assertThat(program).isExecutable();

    Certwright.in(folder).run("ca", "init").expectSuccess();
    Certwright.in(folder)
        .run("issue", "kube-apiserver", "--server", "https://127.0.0.1/authorize")
        .expectSuccess();
    YamlValue container = container();
    try (ServingProcess server =
        ServingProcess.start(inImage(image, program), 0, arguments(container))) {
      try (RawClient client =
          new RawClient(
              server.url().replace("0.0.0.0", "127.0.0.1"),
              folder.resolve("mounted/serving/tls.crt"),
              folder.resolve("clients/kube-apiserver"))) {
        assertThat(client.send("GET", "/readyz", "").body()).isEqualTo("ok");
        assertThat(client.send("POST", "/authorize", "Content-Length: 0\r\n").status())
            .as("what is no review, from who may ask")
            .isGreaterThanOrEqualTo(400)
            .isNotIn(401, 403, 404);
      }
      String limit = Json.text(container, "resources", "limits", "memory");
      assertThat(limit).matches("\\d+Mi");
      assertThat(mostMemory(server.pid()))
          .as("resident kB, where %s are allowed", limit)
          .isLessThan(Long.parseLong(limit.replace("Mi", "")) << 10);
    }
  }

  /** What ADD and RUN do, but for the user, whom nothing belongs to. */
  private void unpack(Path image) throws IOException {
    String[] added = instruction("ADD").split(" ", -1);
    assertThat(added).hasSize(2);
    assertThat(added[1]).isEqualTo("/opt/");
    assertThat(instruction("RUN")).startsWith("mv /opt/certwright-* /opt/certwright && useradd ");
    Path opt = Files.createDirectory(image.resolve("opt"));
    int slash = added[0].lastIndexOf('/');
    Path archive =
        only(Places.root().resolve(added[0].substring(0, slash)), added[0].substring(slash + 1));
    Program.of(opt, "tar", "xzf", archive.toString()).run().expectSuccess();
    Files.move(only(opt, "certwright-*"), opt.resolve("certwright"));
  }

  private static Path only(Path in, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(in, pattern)) {
      all.forEach(found::add);
    }
    assertThat(found).as(in + "/" + pattern).hasSize(1);
    return found.get(0);
  }

  private static String instruction(String name) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(DEPLOY.resolve("Containerfile"))) {
      if (line.startsWith(name + " ")) {
        found.add(line.substring(name.length() + 1));
      }
    }
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }

  private Program inImage(Path image, Path program) throws IOException {
    Program run =
        Program.of(
                folder,
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                READ_ONLY,
                image.toString(),
                program.toString())
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("HOME", "/home/certwright");
    Matcher settings =
        Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))").matcher(instruction("ENV"));
    while (settings.find()) {
      run = run.with(settings.group(1), settings.group(settings.group(2) == null ? 3 : 2));
    }
    return run;
  }

  private static YamlValue container() throws IOException {
    for (YamlValue object :
        YamlReader.strict().readAll(DEPLOY.resolve("authorization-webhook.yaml"))) {
      if (Json.text(object, "kind").equals("Deployment")) {
        return Json.list(object, "spec", "template", "spec", "containers").get(0);
      }
    }
    throw new AssertionError("no Deployment");
  }

  /** The Deployment's, with what is mounted there lying here. */
  private String[] arguments(YamlValue container) throws IOException {
    Files.createDirectories(folder.resolve("mounted/policy"));
    for (String place : List.of("client-ca", "serving")) {
      Files.createDirectories(folder.resolve("mounted").resolve(place));
    }
    Path mounted = folder.resolve("mounted");
    Files.copy(folder.resolve("pki/ca.crt"), mounted.resolve("client-ca/ca.crt"));
    Files.copy(
        Places.root().resolve("examples/read-only-user.yaml"), mounted.resolve("policy/role.yaml"));
    Program openssl = Program.of(mounted, "openssl");
    openssl
        .run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=webhook",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-days",
            "2",
            "-keyout",
            "serving/tls.key",
            "-out",
            "serving/tls.crt")
        .expectSuccess();
    List<String> words = new ArrayList<>();
    for (String word : Json.texts(container, "args")) {
      if (!word.equals("serve") && !word.startsWith("--secure-port=")) {
        words.add(word.replace("/etc/certwright/", mounted + "/"));
      }
    }
    assertThat(words).contains("--role=webhook", "--webhook-allowed-names=kube-apiserver");
    return words.toArray(new String[0]);
  }

  private static long mostMemory(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new AssertionError("no VmHWM");
  }
}
