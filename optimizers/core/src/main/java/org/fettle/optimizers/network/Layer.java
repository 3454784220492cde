package org.fettle.optimizers.network;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One layer between the inputs and the output layer. */
public sealed interface Layer {

  /** What a job file calls it. */
  String name();

  /**
   * The shape that it makes of another.
   *
   * @throws IllegalArgumentException where it cannot take that one
   */
  Shape output(Shape input);

  /** How many numbers it learns, behind the given shape. */
  long parameters(Shape input);

  /** Every unit sees every feature, of each step by itself in a sequence: activation(x·W + b). */
  record Dense(int units, Activation activation) implements Layer {
    public Dense {
      requireNonNull(activation, "activation is null");
      requireUnits(units);
    }

    @Override
    public String name() {
      return "dense";
    }

    @Override
    public Shape output(Shape input) {
      refuseImage(this, input);
      return input instanceof Shape.Sequence sequence
          ? new Shape.Sequence(sequence.steps(), units)
          : new Shape.Features(units);
    }

    @Override
    public long parameters(Shape input) {
      return (features(input) + 1L) * units;
    }
  }

  /** A function of each number. */
  record Activate(Activation activation) implements Layer {
    public Activate {
      requireNonNull(activation, "activation is null");
    }

    @Override
    public String name() {
      return "activation";
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /**
   * While training, sets each output of the layer below to zero with probability {@code rate} and
   * multiplies the others by 1 / (1 − rate); does nothing when predicting.
   */
  record Dropout(double rate) implements Layer {
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "Dropout rate must be at least 0 and less than 1, but was " + rate);
      }
    }

    @Override
    public String name() {
      return "dropout";
    }

    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /**
   * γ·(x − mean) / √(variance + {@value #EPSILON}) + β for each feature, or each channel of an
   * image: Ioffe and Szegedy 2015, arXiv:1502.03167. Mean and variance are of the batch while
   * training; when predicting, averages over the steps of the past, of which each step keeps
   * {@value #KEPT}. Variances are of the population.
   */
  record BatchNormalisation() implements Layer {
    public static final double EPSILON = 1e-5;
    public static final double KEPT = 0.9;

    @Override
    public String name() {
      return "batch-normalisation";
    }

    @Override
    public Shape output(Shape input) {
      if (input instanceof Shape.Sequence) {
        throw refused(this, "features or an image", input, "use layer-normalisation");
      }
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 2L * (input instanceof Shape.Image image ? image.channels() : input.size());
    }
  }

  /**
   * γ·(x − mean) / deviation + β over the features of a row, or of each step of a sequence: Ba et
   * al. 2016, arXiv:1607.06450, without an ε. Where all features are equal it gives β.
   */
  record LayerNormalisation() implements Layer {
    @Override
    public String name() {
      return "layer-normalisation";
    }

    @Override
    public Shape output(Shape input) {
      refuseImage(this, input);
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 2L * features(input);
    }
  }

  /** Square filters over an image: activation(Σ x·W + b) for each place and filter. */
  record Convolution(int filters, int kernel, int stride, Padding padding, Activation activation)
      implements Layer {
    public Convolution {
      requireNonNull(padding, "padding is null");
      requireNonNull(activation, "activation is null");
      requirePositive("Filters", filters);
      requirePositive("Kernel", kernel);
      requirePositive("Stride", stride);
    }

    @Override
    public String name() {
      return "convolution";
    }

    @Override
    public Shape.Image output(Shape input) {
      return windows(this, input, filters, kernel, stride, padding);
    }

    @Override
    public long parameters(Shape input) {
      return (image(this, input).channels() * (long) kernel * kernel + 1) * filters;
    }
  }

  /** One number for each square window of a channel. Beyond the edge there is nothing. */
  record Pool(Pooling pooling, int kernel, int stride, Padding padding) implements Layer {
    public Pool {
      requireNonNull(pooling, "pooling is null");
      requireNonNull(padding, "padding is null");
      requirePositive("Kernel", kernel);
      requirePositive("Stride", stride);
    }

    @Override
    public String name() {
      return "pooling";
    }

    @Override
    public Shape.Image output(Shape input) {
      return windows(this, input, image(this, input).channels(), kernel, stride, padding);
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /** One number for each channel of an image, or for each feature over the steps of a sequence. */
  record GlobalPool(Pooling pooling) implements Layer {
    public GlobalPool {
      requireNonNull(pooling, "pooling is null");
    }

    @Override
    public String name() {
      return "global-pooling";
    }

    @Override
    public Shape output(Shape input) {
      if (input instanceof Shape.Features) {
        throw refused(this, "an image or a sequence", input, "leave it out");
      }
      return new Shape.Features(
          input instanceof Shape.Image image ? image.channels() : features(input));
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /** The numbers of a row as features; zeros for the steps that a sequence lacks. */
  record Flatten() implements Layer {
    @Override
    public String name() {
      return "flatten";
    }

    @Override
    public Shape output(Shape input) {
      return new Shape.Features(input.size());
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /** The last step of each sequence. */
  record LastStep() implements Layer {
    @Override
    public String name() {
      return "last-step";
    }

    @Override
    public Shape output(Shape input) {
      return new Shape.Features(sequence(this, input).features());
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }
  }

  /** Reads a sequence step by step and says something at each, or once at the end. */
  record Recurrent(Cell cell, int units, Direction direction, Says says) implements Layer {

    /** What happens at a step. Names reach files: add, never rename. */
    public enum Cell {
      /**
       * Long short-term memory with forget gates, whose biases begin at 1, without peepholes: Gers
       * et al. 2000, doi:10.1162/089976600300015015.
       */
      LSTM(4, 1),
      /** h = tanh(x·W + h·R + b): Elman 1990. */
      SIMPLE(1, 1),
      /**
       * Gated recurrent unit: Cho et al. 2014, arXiv:1406.1078, with the reset behind the product
       * as PyTorch and Keras have it. With reset gate r and update gate z, n = tanh(x·W + b +
       * r·(h·R + c)) and h' = (1 − z)·n + z·h.
       */
      GRU(3, 2);

      private final int gates;
      private final int biases;

      Cell(int gates, int biases) {
        this.gates = gates;
        this.biases = biases;
      }

      /** How many sums of its own each unit has. */
      public int gates() {
        return gates;
      }

      /**
       * How many biases each of these sums has: one, or one for the inputs and one for the states.
       */
      public int biases() {
        return biases;
      }
    }

    /** Which way a sequence is read. Names reach files: add, never rename. */
    public enum Direction {
      FORWARD,
      /** Twice, from either end; the outputs lie side by side. */
      BIDIRECTIONAL
    }

    /** When the outputs are given. Names reach files: add, never rename. */
    public enum Says {
      EVERY_STEP,
      /** After the last step that is read; for the way back that is the first step. */
      AT_THE_END
    }

    public Recurrent {
      requireNonNull(cell, "cell is null");
      requireNonNull(direction, "direction is null");
      requireNonNull(says, "says is null");
      requireUnits(units);
    }

    /** How often the sequence is read. */
    public int readings() {
      return direction == Direction.BIDIRECTIONAL ? 2 : 1;
    }

    @Override
    public String name() {
      return "recurrent";
    }

    @Override
    public Shape output(Shape input) {
      int steps = sequence(this, input).steps();
      int features = Math.multiplyExact(readings(), units);
      return says == Says.EVERY_STEP
          ? new Shape.Sequence(steps, features)
          : new Shape.Features(features);
    }

    @Override
    public long parameters(Shape input) {
      long sums = (long) cell.gates * units;
      return readings() * sums * (features(input) + (long) units + cell.biases);
    }
  }

  /**
   * Adds to each step of a sequence a vector that tells its place.
   *
   * <p>{@link Kind#SINUSOIDAL} is sin(step / 10000^(2i/features)) for feature 2i and its cosine for
   * feature 2i + 1: Vaswani et al. 2017, arXiv:1706.03762.
   */
  record Positions(Kind kind) implements Layer {

    /** Where the vectors come from. Names reach files: add, never rename. */
    public enum Kind {
      SINUSOIDAL,
      /** Learnt from zero. */
      LEARNED
    }

    public Positions {
      requireNonNull(kind, "kind is null");
    }

    /** What {@link Kind#SINUSOIDAL} adds, step by step. */
    public static float[] sinusoids(Shape.Sequence input) {
      float[] values = new float[input.size()];
      for (int step = 0; step < input.steps(); step++) {
        for (int feature = 0; feature < input.features(); feature++) {
          int even = feature - feature % 2;
          double angle = step / Math.pow(10_000, even / (double) input.features());
          values[step * input.features() + feature] =
              (float) (feature == even ? Math.sin(angle) : Math.cos(angle));
        }
      }
      return values;
    }

    @Override
    public String name() {
      return "positions";
    }

    @Override
    public Shape output(Shape input) {
      return sequence(this, input);
    }

    @Override
    public long parameters(Shape input) {
      return kind == Kind.LEARNED ? input.size() : 0;
    }
  }

  /**
   * Scaled dot-product attention of each step of a sequence to all its steps, in several heads of
   * equal width that make up the features: Vaswani et al. 2017, arXiv:1706.03762, without biases.
   */
  record SelfAttention(int heads) implements Layer {
    public SelfAttention {
      requirePositive("Heads", heads);
    }

    @Override
    public String name() {
      return "self-attention";
    }

    @Override
    public Shape output(Shape input) {
      int features = sequence(this, input).features();
      if (features % heads != 0) {
        throw new IllegalArgumentException(
            "Features must be a multiple of the %d heads of self-attention, but were %d"
                .formatted(heads, features));
      }
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 4L * features(input) * features(input);
    }
  }

  /** x + layers(x): He et al. 2015, arXiv:1512.03385. */
  record Residual(List<Layer> layers) implements Layer {
    public Residual {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("Layers of a residual must be at least 1, but were 0");
      }
    }

    @Override
    public String name() {
      return "residual";
    }

    @Override
    public Shape output(Shape input) {
      Shape output = Layers.output(layers, input);
      if (!output.equals(input)) {
        throw new IllegalArgumentException(
            "Layers of a residual must give the shape they see, %s, but gave %s"
                .formatted(input, output));
      }
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return Layers.parameters(layers, input);
    }
  }

  private static Shape.Image windows(
      Layer layer, Shape input, int channels, int kernel, int stride, Padding padding) {
    Shape.Image image = image(layer, input);
    int height = padding.steps(image.height(), kernel, stride);
    int width = padding.steps(image.width(), kernel, stride);
    if (height == 0 || width == 0) {
      throw new IllegalArgumentException(
          "Kernel must be at most the image's height and width, %d and %d, but was %d"
              .formatted(image.height(), image.width(), kernel));
    }
    return new Shape.Image(channels, height, width);
  }

  private static Shape.Image image(Layer layer, Shape input) {
    if (input instanceof Shape.Image image) {
      return image;
    }
    throw refused(layer, "an image [channels, height, width]", input, "see data.shape");
  }

  private static Shape.Sequence sequence(Layer layer, Shape input) {
    if (input instanceof Shape.Sequence sequence) {
      return sequence;
    }
    throw refused(layer, "a sequence [steps, features]", input, "see data.shape");
  }

  private static void refuseImage(Layer layer, Shape input) {
    if (input instanceof Shape.Image) {
      throw refused(
          layer, "features or a sequence", input, "put flatten or global-pooling before it");
    }
  }

  /** Features of a row, or of a step. */
  private static int features(Shape input) {
    return input instanceof Shape.Sequence sequence ? sequence.features() : input.size();
  }

  private static IllegalArgumentException refused(
      Layer layer, String wanted, Shape seen, String cure) {
    return new IllegalArgumentException(
        "Layer %s must see %s, but saw %s; %s".formatted(layer.name(), wanted, seen, cure));
  }

  private static void requireUnits(int units) {
    requirePositive("Units", units);
  }

  private static void requirePositive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "%s must be at least 1, but %s %d"
              .formatted(what, what.endsWith("s") ? "were" : "was", value));
    }
  }
}
