package org.fettle.executor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {

  @TempDir Path folder;
  private Path run;
  private CheckpointFolder checkpoints;

  @BeforeEach
  void open() {
    run = folder.resolve("a trial/0");
    checkpoints = new CheckpointFolder("file:" + run, new Configuration(), 2);
  }

  private void write(int step) throws IOException {
    Report report = new Report(1, step, Measurement.of("loss", 0.1 * step).and("größe", -0.0));
    checkpoints.write(
        new Checkpoint(step, new RunProgress(new byte[] {(byte) step}, List.of(report), 1.5)));
  }

  private int last(int before) throws IOException {
    return checkpoints.last(before).map(Checkpoint::step).orElse(0);
  }

  @Test
  void readsBackTheLatestOfThoseThatAreKept() throws IOException {
    assertThat(checkpoints.last(9)).isEmpty();
    for (int step : new int[] {3, 6, 9}) {
      write(step);
    }
    Checkpoint last = checkpoints.last(Integer.MAX_VALUE).orElseThrow();
    assertThat(last.step()).isEqualTo(9);
    assertThat(last.progress().state()).containsExactly(9);
    assertThat(last.progress().seconds()).isEqualTo(1.5);
    assertThat(last.progress().reports())
        .containsExactly(new Report(1, 9, Measurement.of("loss", 0.1 * 9).and("größe", -0.0)));
    assertThat(last(9)).isEqualTo(6);
    assertThat(last(6)).isEqualTo(0);
    write(9);
    assertThat(Files.list(run).map(file -> file.getFileName().toString()))
        .filteredOn(name -> !name.endsWith(".crc"))
        .containsExactlyInAnyOrder("000000006.checkpoint", "000000009.checkpoint");
  }

  /** Without Hadoop's own checksums, which find the same on a local disk. */
  @Test
  void passesOverWhatIsDamaged() throws IOException {
    write(3);
    write(6);
    Path latest = run.resolve("000000006.checkpoint");
    byte[] good = Files.readAllBytes(latest);
    byte[] flipped = good.clone();
    flipped[flipped.length - 1] ^= 1;
    byte[] cut = java.util.Arrays.copyOf(good, 30);
    for (byte[] damaged : List.of(flipped, cut, new byte[0], "text".getBytes())) {
      Files.deleteIfExists(run.resolve(".000000006.checkpoint.crc"));
      Files.write(latest, damaged);
      assertThat(last(Integer.MAX_VALUE)).isEqualTo(3);
    }
    Files.write(latest, good);
    assertThat(last(Integer.MAX_VALUE)).isEqualTo(6);
  }

  @Test
  void stateOfATrainingComesBackBitForBit() throws IOException {
    TrainingState state =
        new TrainingState(
            7,
            new float[] {0.1f, -0.0f, Float.MIN_VALUE, 7},
            new TrainingState.Memory(
                List.of(new float[] {1, 2}, new float[0]), new double[] {3, 1e-300}),
            new LearningRates.State(1L << 40, 0.1, Double.POSITIVE_INFINITY, 2),
            9.5,
            Optional.of(new TrainingState.Best(5, -0.0, new float[] {4, 5})));

    TrainingState back = StateCodec.decoded(StateCodec.encoded(state));

    assertThat(back).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(state);
    assertThat(StateCodec.encoded(back)).containsExactly(StateCodec.encoded(state));
    assertThatThrownBy(() -> StateCodec.decoded(new byte[3]))
        .isInstanceOf(IOException.class)
        .hasMessage(null);
  }
}
