package org.fettle.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the discovery scripts tell Spark, on a stand-in for nvidia-smi. */
class DiscoverGpusIT {

  @TempDir Path folder;

  private record Told(int status, String output, String errors) {}

  /** Runs a script with nothing on the path but the shell's tools and, perhaps, nvidia-smi. */
  private Told run(String script, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(Installation.HOME.resolve("bin").resolve(script).toString())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Told(status, Files.readString(out).strip(), Files.readString(errors).strip());
  }

  private void nvidiaSmi(String body) throws IOException {
    Path file = folder.resolve("nvidia-smi");
    Files.write(file, ("#!/bin/sh\n" + body + "\n").getBytes(UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void tellsOfAllGpusByTheirNumbers() throws Exception {
    nvidiaSmi("[ \"$*\" = '--query-gpu=index --format=csv,noheader' ] && printf '0\\n1\\n 10\\n'");

    assertThat(run("discover-gpus", Map.of()))
        .isEqualTo(new Told(0, "{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\",\"10\"]}", ""));
  }

  @Test
  void countsTheVisibleOnesAsCudaDoes() throws Exception {
    nvidiaSmi("printf '0\\n1\\n2\\n3\\n'");

    assertThat(run("discover-gpus", Map.of("CUDA_VISIBLE_DEVICES", "3,GPU-1f")))
        .isEqualTo(new Told(0, "{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}", ""));
    assertThat(run("discover-gpus", Map.of("CUDA_VISIBLE_DEVICES", "")).errors())
        .startsWith("Cannot discover GPUs: there are none");
  }

  @Test
  void saysWhyThereAreNone() throws Exception {
    assertThat(run("discover-gpus", Map.of()))
        .isEqualTo(
            new Told(
                1,
                "",
                "Cannot discover GPUs: nvidia-smi must be on the PATH, as NVIDIA's driver installs"
                    + " it; without GPUs leave out spark.*.resource.gpu.*"));
    nvidiaSmi("echo 'No devices were found'");
    assertThat(run("discover-gpus", Map.of()))
        .isEqualTo(
            new Told(
                1,
                "",
                "Cannot discover GPUs: there are none, nvidia-smi said: No devices were found"));
    nvidiaSmi("echo 'driver mismatch'; exit 18");
    assertThat(run("discover-gpus", Map.of()))
        .isEqualTo(new Told(1, "", "Cannot discover GPUs: nvidia-smi said: driver mismatch"));
  }

  @Test
  void pretendsAsManyAsIsWanted() throws Exception {
    assertThat(run("pretend-gpus", Map.of()).output())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}");
    assertThat(run("pretend-gpus", Map.of("FETTLE_GPUS", "3")).output())
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\",\"2\"]}");
    assertThat(run("pretend-gpus", Map.of("FETTLE_GPUS", "none")))
        .isEqualTo(new Told(1, "", "FETTLE_GPUS must be a number from 1, but was none"));
  }
}
