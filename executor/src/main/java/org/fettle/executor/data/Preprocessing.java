package org.fettle.executor.data;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * From raw rows to what a network sees: missing values imputed, categories one-hot, numbers to mean
 * 0 and standard deviation 1, and the target of a regression likewise. Everything is fitted on the
 * training rows given to {@link #fit}, and applied to any row.
 *
 * <p>Pixels of an image are scaled by the mean and deviation of all pixels of their channel,
 * features of a sequence by those of all steps that there are. Missing values behind the last one
 * of a sequence are steps that it lacks: they are neither imputed nor counted, and are NaN in
 * examples. A sequence without any value has one step, which is imputed.
 *
 * <p>Categories keep mean 0 and deviation 1. A column that is constant in the training rows keeps
 * deviation 1. Deviations are of the population (divided by n), as scikit-learn's StandardScaler's.
 */
public final class Preprocessing implements Serializable {

  private static final long serialVersionUID = 1;

  /** The longest array. */
  private static final int MOST_FEATURES = Integer.MAX_VALUE - 8;

  private final transient List<Encoder> encoders;
  private final transient Moments[] features;
  private final transient Optional<Moments> target;
  private final transient Shape shape;

  Preprocessing(List<Encoder> encoders, Moments[] features, Optional<Moments> target, Shape shape) {
    this.shape = shape;
    this.encoders = encoders;
    this.features = features;
    this.target = target;
  }

  private Object writeReplace() {
    return new Written(
        encoders.toArray(Encoder[]::new),
        features,
        target.orElse(null),
        shape.dimensions().stream().mapToInt(Integer::intValue).toArray());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("Preprocessing must be read as it is written");
  }

  /** What is sent to other machines. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  private record Written(
      Encoder[] encoders, Moments[] features, @Nullable Moments target, int[] dimensions)
      implements Serializable {

    private Object readResolve() {
      Shape shape =
          dimensions.length == 1
              ? new Shape.Features(dimensions[0])
              : Shape.of(Arrays.stream(dimensions).boxed().toList());
      return new Preprocessing(List.of(encoders), features, Optional.ofNullable(target), shape);
    }
  }

  /** Fits imputation, encoding and scaling on the given rows and no others. */
  public static Preprocessing fit(Table table, int[] rows) {
    List<Encoder> encoders =
        table.columns().stream().map(column -> Encoder.fit(column, rows)).toList();
    List<Moments> features =
        table
            .shape()
            .map(shape -> moments(table, encoders, shape, rows))
            .orElseGet(() -> moments(table, encoders, rows));
    Optional<Moments> target =
        table.labels().isEmpty()
            ? Optional.of(
                Moments.of(Arrays.stream(rows).mapToDouble(row -> table.targets()[row]).toArray()))
            : Optional.empty();
    Shape shape = table.shape().orElseGet(() -> new Shape.Features(features.size()));
    return new Preprocessing(encoders, features.toArray(Moments[]::new), target, shape);
  }

  private static List<Moments> moments(Table table, List<Encoder> encoders, int[] rows) {
    List<Moments> features = new ArrayList<>();
    for (int i = 0; i < encoders.size(); i++) {
      Encoder encoder = encoders.get(i);
      if (encoder instanceof Encoder.Numeric) {
        features.add(Moments.of(values(table.columns().get(i), encoder, rows)));
      } else {
        features.addAll(Collections.nCopies(encoder.width(), Moments.UNSCALED));
      }
    }
    return features;
  }

  /** One of each channel, or of each feature of the steps. */
  private static List<Moments> moments(
      Table table, List<Encoder> encoders, Shape shape, int[] rows) {
    List<Column> columns = table.columns();
    int groups = shape.dimensions().get(shape instanceof Shape.Image ? 0 : 1);
    int[] lengths =
        shape instanceof Shape.Sequence sequence ? lengths(sequence, columns, rows) : new int[0];
    Moments[] features = new Moments[columns.size()];
    for (int group = 0; group < groups; group++) {
      List<double[]> parts = new ArrayList<>();
      int[] members = members(shape, group);
      for (int column : members) {
        int[] there =
            shape instanceof Shape.Sequence sequence
                ? reaching(column / sequence.features(), lengths, rows)
                : rows;
        parts.add(values(columns.get(column), encoders.get(column), there));
      }
      Moments moments = Moments.ofAll(parts);
      for (int column : members) {
        features[column] = moments;
      }
    }
    return List.of(features);
  }

  /** The rows that have a step. */
  private static int[] reaching(int step, int[] lengths, int[] rows) {
    return IntStream.range(0, rows.length)
        .filter(i -> step < lengths[i])
        .map(i -> rows[i])
        .toArray();
  }

  static int[] members(Shape shape, int group) {
    if (shape instanceof Shape.Sequence sequence) {
      return IntStream.range(0, sequence.steps())
          .map(step -> step * sequence.features() + group)
          .toArray();
    }
    int pixels = ((Shape.Image) shape).pixels();
    return IntStream.range(group * pixels, (group + 1) * pixels).toArray();
  }

  /** How many steps each row has: those up to the last with a value, and at least one. */
  static int[] lengths(Shape.Sequence sequence, List<Column> columns, int[] rows) {
    return Arrays.stream(rows).map(row -> length(sequence, columns, row)).toArray();
  }

  private static int length(Shape.Sequence sequence, List<Column> columns, int row) {
    int last = columns.size() - 1;
    while (last > 0 && columns.get(last).missing(row)) {
      last--;
    }
    return last / sequence.features() + 1;
  }

  /** A numeric column with its missing values imputed. */
  private static double[] values(Column column, Encoder encoder, int[] rows) {
    double[] values = new double[rows.length];
    double[] cell = new double[1];
    for (int i = 0; i < rows.length; i++) {
      encoder.write(column, rows[i], cell, 0);
      values[i] = cell[0];
    }
    return values;
  }

  /** How many features a row becomes. */
  public int width() {
    return features.length;
  }

  /** What a row becomes. */
  public Shape shape() {
    return shape;
  }

  /** The means and deviations in single precision, for the model's own file. */
  public Scaling scaling() {
    float[] means = new float[features.length];
    float[] deviations = new float[features.length];
    for (int i = 0; i < features.length; i++) {
      means[i] = (float) features[i].mean();
      deviations[i] = (float) features[i].deviation();
    }
    Scaling scaling = Scaling.ofFeatures(means, deviations);
    return target
        .map(moments -> scaling.withTarget((float) moments.mean(), (float) moments.deviation()))
        .orElse(scaling);
  }

  public List<Encoder> encoders() {
    return encoders;
  }

  /** How each feature is scaled. The array itself. */
  public Moments[] moments() {
    return features;
  }

  /** How the target of a regression is scaled. */
  public Optional<Moments> target() {
    return target;
  }

  /** Scaled examples of the given rows. */
  public Examples examples(Table table, int[] rows) {
    int width = width();
    if ((long) rows.length * width > MOST_FEATURES) {
      throw new IllegalArgumentException(
          "Features must be at most %d in all, but were %d rows of %d, %s"
              .formatted(MOST_FEATURES, rows.length, width, widest()));
    }
    float[] scaled = new float[rows.length * width];
    float[] targets = new float[rows.length];
    List<Column> columns = table.columns();
    double[] vector = new double[width];
    for (int i = 0; i < rows.length; i++) {
      encode(columns, rows[i], vector);
      for (int j = 0; j < width; j++) {
        scaled[i * width + j] = features[j].scale(vector[j]);
      }
      if (shape instanceof Shape.Sequence sequence) {
        int there = length(sequence, columns, rows[i]) * sequence.features();
        Arrays.fill(scaled, i * width + there, (i + 1) * width, Float.NaN);
      }
      float raw = table.targets()[rows[i]];
      targets[i] = target.map(moments -> moments.scale(raw)).orElse(raw);
    }
    return new Examples(new FloatMatrix(rows.length, width, scaled), targets);
  }

  private String widest() {
    Encoder widest = Collections.max(encoders, Comparator.comparingInt(Encoder::width));
    return widest.width() + " of them of the column " + widest.describe().get("name");
  }

  private void encode(List<Column> columns, int row, double[] vector) {
    Arrays.fill(vector, 0);
    int at = 0;
    for (int i = 0; i < encoders.size(); i++) {
      encoders.get(i).write(columns.get(i), row, vector, at);
      at += encoders.get(i).width();
    }
  }

  /**
   * The same, but for a target that is divided by its mean and not brought to mean 0: counts keep
   * their zero. Without a target that has a positive mean, the same.
   */
  public Preprocessing withTargetRatios() {
    Optional<Moments> ratios =
        target.map(
            moments -> moments.mean() > 0 ? new Moments(0, moments.mean()) : Moments.UNSCALED);
    return new Preprocessing(encoders, features, ratios, shape);
  }

  /** Targets that another preprocessing has scaled, scaled by this one. */
  Examples rescaled(Examples examples, Preprocessing other) {
    return new Examples(
        examples.features(), scaledTargets(other.unscaledTargets(examples.targets())));
  }

  /** Raw targets as training takes them. */
  public float[] scaledTargets(float[] raw) {
    float[] scaled = raw.clone();
    for (int i = 0; i < raw.length; i++) {
      scaled[i] = target.isPresent() ? target.get().scale(raw[i]) : raw[i];
    }
    return scaled;
  }

  /** Targets in the units of the raw target. */
  public float[] unscaledTargets(float[] targets) {
    return unscaled(new FloatMatrix(targets.length, 1, targets)).values();
  }

  /** Predictions in the units of the raw target; class probabilities stay as they are. */
  public FloatMatrix unscaled(FloatMatrix predictions) {
    return target
        .map(
            moments -> {
              float[] values = predictions.values().clone();
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (values[i] * moments.deviation() + moments.mean());
              }
              return new FloatMatrix(predictions.rows(), predictions.columns(), values);
            })
        .orElse(predictions);
  }
}
