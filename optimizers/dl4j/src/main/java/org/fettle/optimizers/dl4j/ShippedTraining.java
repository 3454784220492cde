package org.fettle.optimizers.dl4j;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.training.RowLoss;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.search.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained, as plain data for other processes, which Java's serialization and Kryo
 * 4 can write alike: the latter knows no records.
 */
final class ShippedTraining implements Serializable {

  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, Object> settings;

  /** Of each class how many training rows it has; none for a regression. */
  private final int[] counts;

  private final long stepsPerEpoch;
  private final long steps;
  private transient @Nullable TrainingSpec spec;
  private transient @Nullable RowLoss loss;

  ShippedTraining(Map<String, Object> settings, int[] counts, Schedule.Span span) {
    this.settings = new LinkedHashMap<>(map(settings));
    this.counts = counts.clone();
    this.stepsPerEpoch = span.stepsPerEpoch();
    this.steps = span.steps();
  }

  /** Copies into collections that Kryo 4 can fill. */
  private static Map<String, Object> map(Map<?, ?> given) {
    Map<String, Object> copy = new LinkedHashMap<>();
    given.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
    return copy;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(ShippedTraining::plain).toList());
    }
    return value;
  }

  /** Made once in each process, at most a few times. */
  TrainingSpec spec() {
    TrainingSpec made = spec;
    if (made == null) {
      made = TrainingSpec.from(Settings.of(TrainingSpec.settings(), settings), task());
      spec = made;
    }
    return made;
  }

  private Task task() {
    return counts.length == 0 ? new Task.Regression() : new Task.Classification(counts.length);
  }

  Schedule.Span span() {
    return new Schedule.Span(stepsPerEpoch, steps);
  }

  /** The loss, weighed by the classes of all training rows. */
  RowLoss loss() {
    RowLoss made = loss;
    if (made == null) {
      float[] targets = new float[Math.max(1, Arrays.stream(counts).sum())];
      int at = 0;
      for (int each = 0; each < counts.length; each++) {
        Arrays.fill(targets, at, at + counts[each], each);
        at += counts[each];
      }
      made = spec().loss().on(targets, Math.max(1, counts.length));
      loss = made;
    }
    return requireNonNull(made);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShippedTraining that
        && settings.equals(that.settings)
        && Arrays.equals(counts, that.counts)
        && stepsPerEpoch == that.stepsPerEpoch
        && steps == that.steps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings, stepsPerEpoch, steps);
  }
}
