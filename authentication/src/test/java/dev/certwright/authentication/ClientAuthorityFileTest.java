package dev.certwright.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.TestAuthority;
import dev.certwright.x509.chain.TrustAnchors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientAuthorityFileTest {
  @TempDir Path folder;
  private final TestAuthority one = TestAuthority.of("one", 1);
  private final TestAuthority two = TestAuthority.of("two", 2);
  private final Logger logger = Logger.getLogger(ClientAuthorityFile.class.getName());
  private final Log log = new Log();
  private long nanos;
  private Path file;

  private static final class Log extends Handler {
    private final List<LogRecord> records = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("ca.crt");
    Files.write(file, one.pem());
    logger.setUseParentHandlers(false);
    logger.addHandler(log);
  }

  @AfterEach
  void close() {
    logger.removeHandler(log);
  }

  private void later(Duration duration) {
    nanos += duration.toNanos();
  }

  private static String name(TrustAnchors anchors) {
    return anchors.certificates().get(0).subject().toString();
  }

  @Test
  void firstBundleMustLoadX04() throws IOException {
    assertThat(name(ClientAuthorityFile.open(file).current())).isEqualTo("CN=one");
    Files.writeString(file, "nothing");
    assertThatThrownBy(() -> ClientAuthorityFile.open(file)).isInstanceOf(BundleException.class);
    Files.delete(file);
    assertThatThrownBy(() -> ClientAuthorityFile.open(file))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void changeIsInForceAtTheNextLook() throws IOException {
    ClientAuthorityFile authorities = ClientAuthorityFile.open(file, () -> nanos);
    TrustAnchors first = authorities.current();
    Files.write(file, two.pem());

    assertThat(authorities.current()).isSameAs(first);
    later(Duration.ofSeconds(1));
    assertThat(name(authorities.current())).isEqualTo("CN=two");
  }

  @Test
  void renameOverTheFileIsNoticed() throws IOException {
    ClientAuthorityFile authorities = ClientAuthorityFile.open(file, () -> nanos);
    Path next = folder.resolve("next");
    Files.write(next, two.pem());
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

    later(Duration.ofSeconds(1));
    assertThat(name(authorities.current())).isEqualTo("CN=two");
  }

  @Test
  void changeHiddenFromTheAttributesIsNoticedWithinAMinute() throws IOException {
    Files.write(file, padded(one.pem(), 2000));
    FileTime time = Files.getLastModifiedTime(file);
    ClientAuthorityFile authorities = ClientAuthorityFile.open(file, () -> nanos);
    Files.write(file, padded(two.pem(), 2000));
    Files.setLastModifiedTime(file, time);

    later(Duration.ofSeconds(61));
    assertThat(name(authorities.current())).isEqualTo("CN=two");
  }

  private static byte[] padded(byte[] pem, int length) {
    byte[] padded = java.util.Arrays.copyOf(pem, length);
    java.util.Arrays.fill(padded, pem.length, length, (byte) '\n');
    return padded;
  }

  @Test
  void sameContentsKeepTheSameObject() throws IOException {
    ClientAuthorityFile authorities = ClientAuthorityFile.open(file, () -> nanos);
    TrustAnchors first = authorities.current();
    Files.write(file, one.pem());
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));

    later(Duration.ofSeconds(2));
    assertThat(authorities.current()).isSameAs(first);
  }

  @Test
  void brokenOneKeepsThePreviousAndIsSaidOnce() throws IOException {
    ClientAuthorityFile authorities = ClientAuthorityFile.open(file, () -> nanos);
    TrustAnchors first = authorities.current();
    for (String broken :
        List.of("", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
      log.records.clear();
      Files.writeString(file, broken);
      for (int i = 0; i < 200; i++) {
        later(Duration.ofSeconds(1));
        assertThat(authorities.current()).isSameAs(first);
      }
      assertThat(log.records).hasSizeLessThanOrEqualTo(1);
    }
    Files.delete(file);
    later(Duration.ofSeconds(1));
    assertThat(authorities.current()).isSameAs(first);
    assertThat(log.records.get(log.records.size() - 1).getLevel().getName()).isEqualTo("WARNING");
    Files.write(file, two.pem());
    later(Duration.ofSeconds(1));
    assertThat(name(authorities.current())).isEqualTo("CN=two");
  }
}
