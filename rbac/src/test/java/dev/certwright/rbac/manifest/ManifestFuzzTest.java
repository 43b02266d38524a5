package dev.certwright.rbac.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ManifestFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void any_bytes_give_a_manifest_that_makes_a_policy(byte[] bytes) {
    ManifestLoader loader = ManifestLoader.lenient();
    loader.add("fuzz", bytes);
    Manifest manifest = loader.manifest();
    assertThat(manifest.policy().roleCount() + manifest.policy().bindingCount())
        .isLessThanOrEqualTo(manifest.objects().size());
  }
}
