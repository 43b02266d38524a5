package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What looks after files goes on whatever happens. */
final class UpkeepTest {

  @Test
  void one_that_fails_keeps_no_other_from_it_and_is_tried_again() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(2);
    CountDownLatch exhausted = new CountDownLatch(2);
    CountDownLatch done = new CountDownLatch(2);
    try (Upkeep upkeep =
        Upkeep.start(
            List.of(
                () -> {
                  failed.countDown();
                  throw new IllegalStateException("for this test");
                },
                () -> {
                  exhausted.countDown();
                  throw new StackOverflowError("for this test");
                },
                done::countDown))) {
      assertThat(upkeep).isNotNull();
      assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(failed.getCount()).isZero();
      assertThat(exhausted.getCount()).isZero();
    }
  }
}
