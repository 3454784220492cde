package org.fettle.optimizers.dl4j.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Layers of Keras in our terms. */
final class KerasLayers {

  private static final Map<String, Activation> ACTIVATIONS =
      Map.of(
          "linear", Activation.IDENTITY,
          "relu", Activation.RELU,
          "tanh", Activation.TANH,
          "sigmoid", Activation.SIGMOID,
          "elu", Activation.ELU,
          "selu", Activation.SELU,
          "swish", Activation.SWISH,
          "silu", Activation.SWISH,
          "softplus", Activation.SOFTPLUS);

  /** What a user can do instead. */
  private static final Map<String, String> NEAREST =
      Map.of(
          "SpatialDropout1D", "the nearest is Dropout",
          "SpatialDropout2D", "the nearest is Dropout",
          "GaussianDropout", "the nearest is Dropout",
          "AlphaDropout", "the nearest is Dropout",
          "GaussianNoise", "the nearest is the job's training.noise",
          "Masking", "steps without values at the end of a row are masked without it",
          "Rescaling", "features are scaled without it",
          "Normalization", "features are scaled without it",
          "Concatenate", "only sums of what a layer sees and gives may branch");

  private static final Map<String, Cell> CELLS =
      Map.of("LSTM", Cell.LSTM, "GRU", Cell.GRU, "SimpleRNN", Cell.SIMPLE);

  private final FileChain chain;
  private final KerasWeights weights;
  private String last = "";
  private boolean flattenedImage;
  private Shape.Image image = new Shape.Image(1, 1, 1);

  KerasLayers(KerasFile file, FileChain chain, boolean keep) {
    this.chain = chain;
    this.weights = new KerasWeights(file, keep);
  }

  void add(JsonNode layer) {
    JsonNode config = layer.path("config");
    String type = layer.path("class_name").asText();
    String name = config.path("name").asText(layer.path("name").asText());
    List<String> given = KerasFile.sources(layer);
    List<String> sources = given.isEmpty() ? List.of(last) : given;
    if (type.equals("InputLayer")) {
      chain.input(name);
      requireShape(config);
    } else if (type.equals("Add")) {
      chain.sum(name, sources);
    } else {
      requireShape(config);
      chain.requireChain(name, sources);
      add(type, name, config);
    }
    last = name;
  }

  private void add(String type, String name, JsonNode config) {
    switch (type) {
      case "Dense" -> {
        Activation activation = activation(name, config.path("activation"));
        chain.add(name, new Layer.Dense(size(config, "units"), activation), dense(name));
        flattenedImage = false;
      }
      case "Flatten" -> {
        flattenedImage = chain.shape() instanceof Shape.Image;
        image = chain.shape() instanceof Shape.Image seen ? seen : image;
        chain.add(name, new Layer.Flatten());
      }
      case "Dropout" -> chain.add(name, new Layer.Dropout(config.path("rate").asDouble()));
      case "Activation" ->
          chain.add(name, new Layer.Activate(activation(name, config.path("activation"))));
      case "ReLU", "LeakyReLU", "ELU" ->
          chain.add(name, new Layer.Activate(function(type, name, config)));
      case "BatchNormalization" ->
          chain.add(name, new Layer.BatchNormalisation(), weights.batchNormalisation(name, config));
      case "LayerNormalization" ->
          chain.add(name, new Layer.LayerNormalisation(), weights.layerNormalisation(name));
      case "Conv2D" -> {
        requireChannelsLast(name, config);
        if (config.path("groups").asInt(1) != 1 || !isOnes(config.path("dilation_rate"))) {
          throw refused(name, "Fettle knows no groups and no dilation");
        }
        chain.add(
            name,
            new Layer.Convolution(
                size(config, "filters"),
                square(name, config.path("kernel_size")),
                square(name, config.path("strides")),
                padding(name, config),
                activation(name, config.path("activation"))),
            weights.convolution(name));
      }
      case "MaxPooling2D", "AveragePooling2D" -> {
        requireChannelsLast(name, config);
        chain.add(
            name,
            new Layer.Pool(
                type.startsWith("Max") ? Pooling.MAX : Pooling.AVERAGE,
                square(name, config.path("pool_size")),
                square(name, config.path("strides")),
                padding(name, config)));
      }
      case "GlobalMaxPooling2D", "GlobalMaxPooling1D" ->
          chain.add(name, new Layer.GlobalPool(Pooling.MAX));
      case "GlobalAveragePooling2D", "GlobalAveragePooling1D" ->
          chain.add(name, new Layer.GlobalPool(Pooling.AVERAGE));
      case "LSTM", "GRU", "SimpleRNN" -> recurrent(type, name, config, Direction.FORWARD);
      case "Bidirectional" -> {
        if (!config.path("merge_mode").asText("concat").equals("concat")) {
          throw refused(name, "Fettle joins both ways by concat only");
        }
        JsonNode inner = config.path("layer");
        recurrent(
            inner.path("class_name").asText(), name, inner.path("config"), Direction.BIDIRECTIONAL);
      }
      default ->
          throw refused(
              name,
              "Fettle knows no "
                  + type
                  + Optional.ofNullable(NEAREST.get(type)).map(each -> "; " + each).orElse(""));
    }
  }

  /** A layer that is a function, where its slope is ours. */
  private static Activation function(String type, String name, JsonNode config) {
    return switch (type) {
      case "LeakyReLU" -> {
        double slope = config.path("negative_slope").asDouble(config.path("alpha").asDouble(0.3));
        if ((float) slope != 0.01f) {
          throw refused(name, "its negative_slope must be 0.01, but was " + slope);
        }
        yield Activation.LEAKY_RELU;
      }
      case "ELU" -> {
        double alpha = config.path("alpha").asDouble(1);
        if (alpha != 1) {
          throw refused(name, "its alpha must be 1, but was " + alpha);
        }
        yield Activation.ELU;
      }
      default -> {
        if (!config.path("max_value").isMissingNode() && !config.path("max_value").isNull()) {
          throw refused(name, "its max_value must be left out");
        }
        yield Activation.RELU;
      }
    };
  }

  /** Dense weights; behind an image they are in our order of its pixels. */
  private List<float[]> dense(String name) {
    return flattenedImage ? weights.dense(name, image) : weights.dense(name);
  }

  private void recurrent(String type, String name, JsonNode config, Direction direction) {
    Cell cell = CELLS.get(type);
    if (cell == null) {
      throw refused(name, "Fettle knows no " + type);
    }
    if (activation(name, config.path("activation")) != Activation.TANH
        || !config.path("recurrent_activation").asText("sigmoid").equals("sigmoid")) {
      throw refused(name, "a recurrent layer's functions must be tanh and sigmoid");
    }
    if (config.path("go_backwards").asBoolean()) {
      throw refused(name, "Fettle reads no sequence backwards only");
    }
    if (cell == Cell.GRU && !config.path("reset_after").asBoolean(true)) {
      throw refused(name, "a GRU's reset_after must be true, but was false");
    }
    Says says = config.path("return_sequences").asBoolean() ? Says.EVERY_STEP : Says.AT_THE_END;
    chain.add(
        name,
        new Layer.Recurrent(cell, size(config, "units"), direction, says),
        weights.recurrent(name, cell, direction));
  }

  /** The weights of the file's last layer, where it has as many outputs as the task. */
  List<float[]> outputs(JsonNode layer, int outputs) {
    String name = layer.path("config").path("name").asText();
    List<String> given = KerasFile.sources(layer);
    chain.requireChain(name, given.isEmpty() ? List.of(last) : given);
    List<float[]> values = dense(name);
    boolean one = layer.path("config").path("units").asInt() == 1;
    return one && outputs == 2 ? KerasWeights.ofTwoClasses(values) : values;
  }

  /** The first layer says what rows are. */
  private void requireShape(JsonNode config) {
    JsonNode batch =
        config.has("batch_shape") ? config.path("batch_shape") : config.path("batch_input_shape");
    if (batch.size() < 2 || !last.isEmpty()) {
      return;
    }
    Shape shape = chain.shape();
    boolean same;
    if (shape instanceof Shape.Image seen) {
      same =
          batch.size() == 4
              && is(batch.path(1), seen.height())
              && is(batch.path(2), seen.width())
              && is(batch.path(3), seen.channels());
    } else if (shape instanceof Shape.Sequence seen) {
      same =
          batch.size() == 3
              && is(batch.path(1), seen.steps())
              && is(batch.path(2), seen.features());
    } else {
      same = batch.size() == 2 && is(batch.path(1), shape.size());
    }
    if (!same) {
      throw new IllegalArgumentException(
          "Rows of the file are %s, but those of the data are %s; see data.shape"
              .formatted(batch, shape));
    }
  }

  private static boolean is(JsonNode size, int wanted) {
    return size.isNull() || size.asInt() == wanted;
  }

  private static void requireChannelsLast(String name, JsonNode config) {
    if (config.path("data_format").asText().equals("channels_first")) {
      throw refused(name, "its data_format must be channels_last, but was channels_first");
    }
  }

  private static boolean isOnes(JsonNode sizes) {
    for (JsonNode size : sizes) {
      if (size.asInt() != 1) {
        return false;
      }
    }
    return true;
  }

  private static int size(JsonNode config, String key) {
    return config.path(key).asInt();
  }

  private static int square(String name, JsonNode sizes) {
    if (sizes.isInt()) {
      return sizes.asInt();
    }
    if (sizes.path(0).asInt() != sizes.path(1).asInt()) {
      throw refused(name, "windows must be square, but were " + sizes);
    }
    return sizes.path(0).asInt();
  }

  private static Padding padding(String name, JsonNode config) {
    String padding = config.path("padding").asText();
    return switch (padding) {
      case "same" -> Padding.SAME;
      case "valid" -> Padding.VALID;
      default -> throw refused(name, "its padding must be same or valid, but was " + padding);
    };
  }

  private static Activation activation(String name, JsonNode function) {
    String given = function.isTextual() ? function.asText() : function.toString();
    Activation activation = ACTIVATIONS.get(given);
    if (activation == null) {
      throw refused(
          name,
          "its function must be one of %s, but was %s"
              .formatted(ACTIVATIONS.keySet().stream().sorted().toList(), given));
    }
    return activation;
  }

  private static IllegalArgumentException refused(String name, String reason) {
    return new IllegalArgumentException("Cannot import layer " + name + ": " + reason);
  }
}
