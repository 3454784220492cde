package org.fettle.optimizers.torch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.jspecify.annotations.Nullable;

/** The training rows of some runs, where they are computed with; those of equal runs once. */
final class DeviceRows implements AutoCloseable {

  private final Held held = new Held();
  private final int[] offsets;
  private final Tensor features;
  private final Tensor targets;
  private final @Nullable Tensor lengths;
  private final @Nullable Tensor there;

  DeviceRows(List<TrainingRun> runs, Place place) {
    TrainingRun first = runs.get(0);
    int columns = first.network().inputs();
    offsets = new int[runs.size()];
    IdentityHashMap<Examples, Integer> known = new IdentityHashMap<>();
    List<Examples> all = new ArrayList<>();
    int rows = 0;
    for (int i = 0; i < offsets.length; i++) {
      Examples examples = runs.get(i).training();
      Integer there = known.putIfAbsent(examples, rows);
      offsets[i] = there == null ? rows : there;
      if (there == null) {
        all.add(examples);
        rows = Math.addExact(rows, examples.rows());
      }
    }
    float[] values = new float[Math.multiplyExact(rows, columns)];
    float[] ofRows = new float[rows];
    int at = 0;
    for (Examples examples : all) {
      System.arraycopy(
          examples.features().values(), 0, values, at * columns, examples.rows() * columns);
      System.arraycopy(examples.targets(), 0, ofRows, at, examples.rows());
      at += examples.rows();
    }
    try (PointerScope scope = new PointerScope()) {
      Shape shape = first.network().input();
      Lengths measured = Lengths.of(shape, values, rows);
      features = held.keep(place.floats(values, rows, columns));
      targets = held.keep(targets(first.spec().loss(), ofRows, place));
      if (measured.differ()) {
        lengths = held.keep(place.longs(measured.ofRows(), rows));
        there = held.keep(place.floats(measured.there(), rows, measured.steps()));
      } else {
        lengths = null;
        there = null;
      }
    } catch (Throwable failure) {
      held.close();
      throw failure;
    }
  }

  private static Tensor targets(Loss loss, float[] values, Place place) {
    if (!Losses.ofClasses(loss)) {
      return place.floats(values, values.length);
    }
    long[] classes = new long[values.length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = (long) values[i];
    }
    return place.longs(classes, classes.length);
  }

  /** Where the rows of a run begin. */
  int offset(int run) {
    return offsets[run];
  }

  /** {@code [rows, numbers]}. */
  Tensor features() {
    return features;
  }

  Tensor targets() {
    return targets;
  }

  /** Steps of each row; null where all have all. */
  @Nullable Tensor lengths() {
    return lengths;
  }

  @Nullable Tensor there() {
    return there;
  }

  @Override
  public void close() {
    held.close();
  }
}
