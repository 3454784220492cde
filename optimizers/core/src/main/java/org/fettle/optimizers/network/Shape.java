package org.fettle.optimizers.network;

import java.util.List;

/**
 * The form of one row of numbers, as a layer sees it. The numbers of a row lie one after the other,
 * those of the last dimension closest together.
 */
public sealed interface Shape {

  /** Numbers in a row. */
  int size();

  /** What it is in words, with its article. */
  String kind();

  /** Its dimensions, outermost first. */
  List<Integer> dimensions();

  /** Numbers in no particular order: a row of a table, or what dense layers make. */
  record Features(int size) implements Shape {
    public Features {
      requirePositive("Features", size);
    }

    @Override
    public String kind() {
      return "features";
    }

    @Override
    public List<Integer> dimensions() {
      return List.of(size);
    }

    @Override
    public String toString() {
      return kind() + " " + dimensions();
    }
  }

  /** Channels of pixels: channel after channel, row after row. */
  record Image(int channels, int height, int width) implements Shape {
    public Image {
      requirePositive("Channels", channels);
      requirePositive("Height", height);
      requirePositive("Width", width);
      product(channels, height, width);
    }

    @Override
    public int size() {
      return product(channels, height, width);
    }

    /** Pixels of one channel. */
    public int pixels() {
      return height * width;
    }

    @Override
    public String kind() {
      return "an image";
    }

    @Override
    public List<Integer> dimensions() {
      return List.of(channels, height, width);
    }

    @Override
    public String toString() {
      return kind() + " " + dimensions();
    }
  }

  /**
   * Features at one step after the other. A row may have fewer steps: those behind its last one
   * have {@link Float#NaN} for all their features, and are as if they were not there.
   */
  record Sequence(int steps, int features) implements Shape {
    public Sequence {
      requirePositive("Steps", steps);
      requirePositive("Features", features);
      product(steps, features);
    }

    @Override
    public int size() {
      return product(steps, features);
    }

    /** The steps of the row of numbers that begins at an index: those up to the last with one. */
    public int length(float[] values, int from) {
      int last = from + size() - 1;
      while (last >= from && Float.isNaN(values[last])) {
        last--;
      }
      return (last - from + features) / features;
    }

    @Override
    public String kind() {
      return "a sequence";
    }

    @Override
    public List<Integer> dimensions() {
      return List.of(steps, features);
    }

    @Override
    public String toString() {
      return kind() + " " + dimensions();
    }
  }

  /**
   * The shape of one, two or three dimensions: features, a sequence {@code [steps, features]} or an
   * image {@code [channels, height, width]}.
   */
  static Shape of(List<Integer> dimensions) {
    return switch (dimensions.size()) {
      case 1 -> new Features(dimensions.get(0));
      case 2 -> new Sequence(dimensions.get(0), dimensions.get(1));
      case 3 -> new Image(dimensions.get(0), dimensions.get(1), dimensions.get(2));
      default ->
          throw new IllegalArgumentException(
              "Shape must have 1 to 3 dimensions, but was " + dimensions);
    };
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, but were " + value);
    }
  }

  private static int product(int... factors) {
    long product = 1;
    for (int factor : factors) {
      product *= factor;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Numbers of a row must be at most 2147483647, but were more");
      }
    }
    return (int) product;
  }
}
