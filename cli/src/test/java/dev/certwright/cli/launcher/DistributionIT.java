package dev.certwright.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users unpack, run with the real Java: this test's own. */
class DistributionIT {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @TempDir static Path temporary;
  private static Path folder = Path.of("");

  @BeforeAll
  static void unpackTheArchive() throws Exception {
    folder = unpackInto("place");
  }

  @Test
  void archive_holdsOneFolderWithLauncherJarAndLicences() throws IOException {
    assertThat(Files.isExecutable(folder.resolve("certwright"))).isTrue();
    assertThat(folder.resolve("LICENSE")).exists();
    byte[] jar = Files.readAllBytes(folder.resolve("lib/certwright.jar"));
    assertThat(folder.resolve("lib/certwright.jar.sha256"))
        .hasContent(HexFormat.of().formatHex(Digests.sha256(jar)) + " *certwright.jar");
    try (Stream<Path> licences = Files.list(folder.resolve("licences"))) {
      assertThat(licences.map(p -> p.getFileName() + ""))
          .anyMatch(n -> n.startsWith("bcprov"))
          .anyMatch(n -> n.startsWith("jackson-core"))
          .anyMatch(n -> n.startsWith("sqlite-jdbc"))
          .anyMatch(n -> n.startsWith("postgresql"))
          .anyMatch(n -> n.startsWith("snakeyaml-engine"));
    }
    for (String part :
        List.of(
            "antlr4-runtime/LICENSE",
            "protobuf-java/LICENSE",
            "re2j/LICENSE",
            "AmazonCorrettoCryptoProvider/LICENSE.aws-lc")) {
      assertThat(folder.resolve("licences/" + part)).content().contains("Redistribution and use");
    }
  }

  @Test
  void everyFileThatTheReadmeNames_isInTheArchive_andTheExamplesAreRead() throws Exception {
    String readme = Files.readString(folder.resolve("README.md"));
    Set<String> names = new TreeSet<>();
    Matcher name = Pattern.compile("\\b(?:examples|deploy|docs)/[\\w./-]*").matcher(readme);
    while (name.find()) {
      names.add(name.group().replaceFirst("[.]$", ""));
    }
    assertThat(names)
        .contains("examples/", "examples/keycloak/realm.json", "deploy/README.md")
        .allSatisfy(one -> assertThat(folder.resolve(one)).exists());
    String answer =
        run(
            temporary.resolve("examples cache"),
            "",
            "can-i",
            "list",
            "pods",
            "-f",
            folder.resolve("examples") + "/",
            "--as",
            "x",
            "--as-group",
            "read-only-users");
    assertThat(answer).startsWith("yes");
  }

  @Test
  void jar_holdsNoSignaturesNoOtherVersionsNoProviderServiceAndOfNativeCodeTheIndexAlone()
      throws IOException {
    try (JarFile jar = new JarFile(folder.resolve("lib/certwright.jar").toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      assertThat(names)
          .contains("dev/certwright/cli/Main.class", "META-INF/LICENSE")
          .noneMatch(n -> n.matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)"))
          .noneMatch(n -> n.startsWith("META-INF/versions/"))
          .noneMatch(n -> n.equals("META-INF/services/java.security.Provider"))
          .noneMatch(n -> n.matches("(?!org/sqlite/native/).*\\.(so|dylib|dll)"))
          .noneMatch(n -> n.endsWith(".dll"));
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.certwright.cli.Main");
      assertThat(manifest.getValue("Implementation-Version"))
          .isEqualTo(System.getProperty("version"));
    }
  }

  @Test
  void firstAndSecondRun_sayTheSameAndNothingElse_andTheSecondLoadsFromTheArchive()
      throws Exception {
    Path cache = temporary.resolve("a cache");
    String first = run(cache, "", "--version");
    Path loaded = temporary.resolve("loaded");
    String second = run(cache, "-Xlog:class+load:file=" + loaded, "--version");
    assertThat(second).isEqualTo(first).isNotEmpty();
    assertThat(Files.readAllLines(loaded))
        .anyMatch(l -> l.matches(".* dev\\.certwright\\.cli\\.Main source: shared objects file.*"));
    try (Stream<Path> files = Files.walk(cache)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  /** Java 17 archives no classes of a jar whose path has a blank; all else must work. */
  @Test
  void folderWithBlanks_runsAndIsSilent() throws Exception {
    Path cache = temporary.resolve("another cache");
    String expected = run(cache, "", "--version");
    Path elsewhere = unpackInto("a place");
    for (int i = 0; i < 2; i++) {
      String[] output = start(elsewhere, cache, "", "--version");
      assertThat(output).containsExactly(expected, "");
    }
  }

  @Test
  void archiveOfClassesThatIsDamaged_isPassedOverSilently() throws Exception {
    Path cache = temporary.resolve("damaged");
    String good = run(cache, "", "--version");
    Path archive;
    try (Stream<Path> files = Files.walk(cache)) {
      archive = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    var time = Files.getLastModifiedTime(archive);
    archive.toFile().setWritable(true);
    Files.writeString(archive, "not an archive");
    Files.setLastModifiedTime(archive, time);
    assertThat(run(cache, "", "--version")).isEqualTo(good);
  }

  @Test
  void lastingCommand_alsoLoadsFromTheArchive_withTheNativeProviderOnItsClassPath()
      throws Exception {
    Path cache = temporary.resolve("lasting");
    run(cache, "", "--version");
    Path loaded = temporary.resolve("loaded-lasting");
    start(folder, cache, "-Xlog:class+load:file=" + loaded, "--version", "--json-lines");
    assertThat(Files.readAllLines(loaded))
        .anyMatch(l -> l.matches(".* dev\\.certwright\\.cli\\.Main source: shared objects file.*"));
  }

  /** Its own jar is signed: such are verified at each start and kept out of archives. */
  @Test
  void listIsIssued_withTheNativeProviderFromTheArchive_andWithoutWhereItIsOff() throws Exception {
    Path cache = temporary.resolve("bulk");
    Path pki = temporary.resolve("bulk-pki");
    Path people = Files.writeString(temporary.resolve("people.csv"), "ann,devs\nsue,devs\n");
    start(folder, cache, "", "ca", "init", "--ca", pki.toString());
    boolean here =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    for (String off : List.of("", " -Dcertwright.native=off")) {
      Path loaded = temporary.resolve("loaded-bulk" + off.strip());
      Path clients = temporary.resolve("clients" + off.strip());
      // Java 25 loads all that is in the archive at once: that a class is used shows its start.
      String options = "-Xlog:class+load,class+init=info:file=" + loaded + off;
      String[] words = {
        "issue", "--from", people.toString(), "--ca", pki.toString(), "--out", clients.toString()
      };
      start(folder, cache, options, words);

      assertThat(clients.resolve("sue/kubeconfig")).isNotEmptyFile();
      String initializing = "Initializing 'com/amazon/corretto/crypto/provider/EcGen'";
      assertThat(Files.readString(loaded).contains(initializing)).isEqualTo(here && off.isEmpty());
      assertThat(Files.readAllLines(loaded))
          .filteredOn(line -> line.contains("com.amazon.corretto.crypto.provider.EcGen "))
          .allMatch(line -> line.contains("source: shared objects file"));
    }
  }

  /** To look for its library, the native provider would make a folder and leave it there. */
  @Test
  void whereThereIsNoNativeLibrary_listsAndRsaKeysAreMade_andNothingIsLeftBehind()
      throws Exception {
    Path bare = unpackInto("bare");
    try (Stream<Path> tree = Files.walk(bare.resolve("lib/native"))) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Path cache = temporary.resolve("bare-cache");
    String unpacking = "-Djava.io.tmpdir=" + Files.createDirectory(temporary.resolve("unpacked"));
    String pki = temporary.resolve("bare-pki").toString();
    String clients = temporary.resolve("bare-clients").toString();
    Path people = Files.writeString(temporary.resolve("bare.csv"), "ann,devs\n");
    start(bare, cache, unpacking, "ca", "init", "--ca", pki);
    for (String whom : List.of("--from " + people, "jane --key-type rsa-2048")) {
      String[] words = ("issue " + whom + " --ca " + pki + " --out " + clients).split(" ", -1);
      start(bare, cache, unpacking, words);
    }

    assertThat(Path.of(clients, "ann", "kubeconfig")).isNotEmptyFile();
    assertThat(Path.of(clients, "jane", "kubeconfig")).isNotEmptyFile();
    assertThat(temporary.resolve("unpacked")).isEmptyDirectory();
  }

  @Test
  void resultThatCannotBeWritten_isSaid() throws Exception {
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "out=$(\"$0\" --version 2>&1 >/dev/full); echo \"$? $out\"; \"$0\" --help | :",
                folder.resolve("certwright").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .isEqualTo("3 error: the command was carried out, but its result could not be written\n");
  }

  /** Else each call of a monitor leaves a megabyte, as a process that ends removes nothing. */
  @Test
  void commandThatAsksTheIndex_leavesNoLibraryBehind() throws Exception {
    Path cache = temporary.resolve("libraries");
    Path pki = temporary.resolve("home/pki");
    start(folder, cache, "", "ca", "init", "--ca", pki.toString());
    start(
        folder, cache, "", "issue", "jane", "--ca", pki.toString(), "--server", "https://10.0.0.1");
    for (String command :
        List.of(
            "list",
            "show jane",
            "report --out " + temporary.resolve("report.html"),
            "ledger verify",
            "suspend jane --yes",
            "resume jane --yes",
            "revoke jane --yes",
            "revocations status",
            "revocations publish")) {
      String[] output = start(folder, cache, "", command.split(" ", -1));
      assertThat(output[0] + output[1]).as(command).isNotEmpty();
    }
    try (Stream<Path> files = Files.list(temporary.resolve("home"))) {
      assertThat(files.map(file -> file.getFileName() + ""))
          .contains("ledger.jsonl", "index.sqlite")
          .noneMatch(name -> name.startsWith("sqlite-"));
    }
  }

  private static Path unpackInto(String name) throws Exception {
    Path place = Files.createDirectories(temporary.resolve(name));
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", System.getProperty("distribution"), "-C", place.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return place.resolve("certwright-" + System.getProperty("version"));
  }

  /** Runs to a good end without a word on stderr; returns stdout. */
  private static String run(Path cache, String options, String... arguments) throws Exception {
    String[] output = start(folder, cache, options, arguments);
    assertThat(output[1]).isEmpty();
    return output[0];
  }

  private static String[] start(Path dist, Path cache, String options, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(dist.resolve("certwright").toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(temporary, "out", "");
    Path err = Files.createTempFile(temporary, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temporary.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("CERTWRIGHT_"));
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("JAVA_HOME", JAVA_HOME.toString());
    environment.put("XDG_CACHE_HOME", cache.toString());
    environment.put("CERTWRIGHT_HOME", temporary.resolve("home").toString());
    environment.put("CERTWRIGHT_JAVA_OPTS", options);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new String[] {Files.readString(out), Files.readString(err)};
  }
}
