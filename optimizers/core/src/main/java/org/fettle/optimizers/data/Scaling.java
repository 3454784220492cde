package org.fettle.optimizers.data;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How raw values were turned into what a network was trained on: (value − mean) / deviation for
 * each feature, and for the target of a regression. The arrays are not copied.
 */
public final class Scaling {

  private final float[] featureMeans;
  private final float[] featureDeviations;
  private final Optional<Target> target;

  /** Mean and standard deviation of a regression's target. */
  public record Target(float mean, float deviation) {
    public Target {
      requirePositive("Target", deviation);
    }
  }

  private Scaling(float[] featureMeans, float[] featureDeviations, Optional<Target> target) {
    requireNonNull(featureMeans, "featureMeans is null");
    requireNonNull(featureDeviations, "featureDeviations is null");
    if (featureMeans.length != featureDeviations.length) {
      throw new IllegalArgumentException(
          "Feature deviations must be as many as means (%d), but were %d"
              .formatted(featureMeans.length, featureDeviations.length));
    }
    for (int feature = 0; feature < featureDeviations.length; feature++) {
      requirePositive("Feature " + feature, featureDeviations[feature]);
    }
    this.featureMeans = featureMeans;
    this.featureDeviations = featureDeviations;
    this.target = target;
  }

  private static void requirePositive(String what, float deviation) {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException(
          what
              + " deviation must be positive (1 where all values are equal), but was "
              + deviation);
    }
  }

  /** Scaled features; targets as they are, as for classes. */
  public static Scaling ofFeatures(float[] means, float[] deviations) {
    return new Scaling(means, deviations, Optional.empty());
  }

  /** The same, with the target of a regression scaled too. */
  public Scaling withTarget(float mean, float deviation) {
    return new Scaling(featureMeans, featureDeviations, Optional.of(new Target(mean, deviation)));
  }

  public float[] featureMeans() {
    return featureMeans;
  }

  public float[] featureDeviations() {
    return featureDeviations;
  }

  public Optional<Target> target() {
    return target;
  }

  @Override
  public String toString() {
    return "Scaling[" + featureMeans.length + " features, target " + target + "]";
  }
}
