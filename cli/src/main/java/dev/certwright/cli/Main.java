package dev.certwright.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Base64;
import java.util.EnumSet;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** A stand-in with the cost of {@code issue}. */
public final class Main {
  private Main() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    String command = args.length == 0 ? "--version" : args[0];
    if (command.equals("--version")) {
      System.out.println("certwright 0 on Java " + System.getProperty("java.runtime.version"));
    } else if (command.equals("--train-class-archive")) {
      issue(Path.of(args[1]).resolve("clients"), "jane");
    } else if (command.equals("issue")) {
      Path out = Path.of("clients");
      for (int i = 0; i < args.length; i++) {
        if (args[i].equals("--out")) {
          out = Path.of(args[i + 1]);
        }
      }
      issue(out, args[1]);
    } else {
      System.err.println("error: stand-in");
      System.exit(2);
    }
  }

  private static void issue(Path out, String user) throws IOException {
    SecureRandom random = new Urandom();
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    ECDomainParameters domain = new ECDomainParameters(curve);
    BigInteger key = new BigInteger(255, random);
    ECPoint q = new FixedPointCombMultiplier().multiply(domain.getG(), key).normalize();
    byte[] tbs = q.getEncoded(false);
    String text = "";
    for (int i = 0; i < 2; i++) {
      SHA256Digest sha = new SHA256Digest();
      sha.update(tbs, 0, tbs.length);
      byte[] hash = new byte[32];
      sha.doFinal(hash, 0);
      ECDSASigner signer = new ECDSASigner();
      signer.init(true, new ParametersWithRandom(new ECPrivateKeyParameters(key, domain), random));
      BigInteger[] rs = signer.generateSignature(hash);
      text += Base64.getEncoder().encodeToString(rs[0].toByteArray());
    }
    FileAttribute<?> folder =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    FileAttribute<?> file =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createDirectories(out);
    Path stage = out.resolve("." + user);
    Files.createDirectory(stage, folder);
    for (String name : new String[] {"key", "csr", "crt", "kubeconfig"}) {
      try (FileChannel c =
          FileChannel.open(
              stage.resolve(name),
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              file)) {
        c.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        c.force(true);
      }
    }
    sync(stage);
    Files.move(stage, out.resolve(user), StandardCopyOption.ATOMIC_MOVE);
    sync(out);
    System.out.println("wrote " + out.resolve(user));
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel c = FileChannel.open(folder)) {
      c.force(true);
    }
  }

  private static final class Source extends SecureRandomSpi {
    private static final long serialVersionUID = 1;
    private final transient FileInputStream in;

    Source() throws IOException {
      in = new FileInputStream("/dev/urandom");
    }

    @Override
    protected void engineSetSeed(byte[] seed) {}

    @Override
    protected void engineNextBytes(byte[] bytes) {
      try {
        in.readNBytes(bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int n) {
      byte[] b = new byte[n];
      engineNextBytes(b);
      return b;
    }
  }

  private static final class Urandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    Urandom() throws IOException {
      super(new Source(), null);
    }
  }
}
