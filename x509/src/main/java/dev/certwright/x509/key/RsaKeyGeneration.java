package dev.certwright.x509.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * RSA keys with exponent 65537. The search for primes takes a random time with a long tail, so
 * where there are two cores two searches run and the first to end counts.
 */
final class RsaKeyGeneration {
  private RsaKeyGeneration() {}

  static KeyPair generate(int bits, @Nullable Provider provider) {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return search(bits, provider);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "rsa-key-search");
              // The loser of the race cannot be interrupted and must not keep the process alive.
              thread.setDaemon(true);
              return thread;
            });
    try {
      ExecutorCompletionService<KeyPair> race = new ExecutorCompletionService<>(threads);
      race.submit(() -> search(bits, provider));
      race.submit(() -> search(bits, provider));
      return race.take().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KeyException("making an RSA key was interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new KeyException("an RSA key could not be made", failed);
    } finally {
      threads.shutdown();
    }
  }

  private static KeyPair search(int bits, @Nullable Provider provider) {
    try {
      KeyPairGenerator generator =
          provider == null
              ? KeyPairGenerator.getInstance("RSA")
              : KeyPairGenerator.getInstance("RSA", provider);
      generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new KeyException("an RSA key could not be made", missing);
    }
  }
}
