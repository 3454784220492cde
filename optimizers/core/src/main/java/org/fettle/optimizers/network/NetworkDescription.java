package org.fettle.optimizers.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network as plain data, for files that outlast a release: text, whole numbers, fractions, lists
 * and maps. It has no defaults, unlike a job file, so that none can change under a model. How
 * weights begin is left out.
 */
public final class NetworkDescription {

  private static final String TYPE = "type";

  private NetworkDescription() {}

  /** The network's shape, layers and number of outputs. */
  public static Map<String, Object> of(NetworkSpec network) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("input", network.input().dimensions());
    description.put("layers", layers(network.layers()));
    description.put("outputs", network.outputs());
    return description;
  }

  private static List<Object> layers(List<Layer> layers) {
    List<Object> descriptions = new ArrayList<>();
    for (Layer layer : layers) {
      Map<String, Object> description = new LinkedHashMap<>();
      description.put(TYPE, layer.name());
      describe(layer, description);
      descriptions.add(description);
    }
    return descriptions;
  }

  private static void describe(Layer layer, Map<String, Object> to) {
    if (layer instanceof Layer.Dense dense) {
      to.put("units", dense.units());
      to.put("activation", word(dense.activation()));
    } else if (layer instanceof Layer.Activate activate) {
      to.put("function", word(activate.activation()));
    } else if (layer instanceof Layer.Dropout dropout) {
      to.put("rate", dropout.rate());
    } else if (layer instanceof Layer.Convolution convolution) {
      to.put("filters", convolution.filters());
      to.put("kernel", convolution.kernel());
      to.put("stride", convolution.stride());
      to.put("padding", word(convolution.padding()));
      to.put("activation", word(convolution.activation()));
    } else if (layer instanceof Layer.Pool pool) {
      to.put("pooling", word(pool.pooling()));
      to.put("kernel", pool.kernel());
      to.put("stride", pool.stride());
      to.put("padding", word(pool.padding()));
    } else if (layer instanceof Layer.GlobalPool pool) {
      to.put("pooling", word(pool.pooling()));
    } else if (layer instanceof Layer.Recurrent recurrent) {
      to.put("cell", word(recurrent.cell()));
      to.put("units", recurrent.units());
      to.put("direction", word(recurrent.direction()));
      to.put("says", word(recurrent.says()));
    } else if (layer instanceof Layer.Positions positions) {
      to.put("kind", word(positions.kind()));
    } else if (layer instanceof Layer.SelfAttention attention) {
      to.put("heads", attention.heads());
    } else if (layer instanceof Layer.Residual residual) {
      to.put("layers", layers(residual.layers()));
    }
  }

  /**
   * The network that was described.
   *
   * @throws IllegalArgumentException where the description lacks something, or has what no layer
   *     can be, as of a later release
   */
  public static NetworkSpec read(Map<?, ?> description) {
    List<Integer> input =
        list(description, "input").stream().map(each -> whole("input", each)).toList();
    return new NetworkSpec(
        Shape.of(input),
        readLayers(list(description, "layers")),
        whole(description, "outputs"),
        Initialisation.ZERO);
  }

  private static List<Layer> readLayers(List<?> descriptions) {
    List<Layer> layers = new ArrayList<>();
    for (Object description : descriptions) {
      if (!(description instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("Layer must be a map, but was " + description);
      }
      layers.add(readLayer(map));
    }
    return layers;
  }

  private static Layer readLayer(Map<?, ?> of) {
    String type = String.valueOf(get(of, TYPE));
    return switch (type) {
      case "dense" -> new Layer.Dense(whole(of, "units"), word(of, "activation", Activation.class));
      case "activation" -> new Layer.Activate(word(of, "function", Activation.class));
      case "dropout" -> new Layer.Dropout(number(of, "rate"));
      case "batch-normalisation" -> new Layer.BatchNormalisation();
      case "layer-normalisation" -> new Layer.LayerNormalisation();
      case "convolution" ->
          new Layer.Convolution(
              whole(of, "filters"),
              whole(of, "kernel"),
              whole(of, "stride"),
              word(of, "padding", Padding.class),
              word(of, "activation", Activation.class));
      case "pooling" ->
          new Layer.Pool(
              word(of, "pooling", Pooling.class),
              whole(of, "kernel"),
              whole(of, "stride"),
              word(of, "padding", Padding.class));
      case "global-pooling" -> new Layer.GlobalPool(word(of, "pooling", Pooling.class));
      case "flatten" -> new Layer.Flatten();
      case "last-step" -> new Layer.LastStep();
      case "recurrent" ->
          new Layer.Recurrent(
              word(of, "cell", Layer.Recurrent.Cell.class),
              whole(of, "units"),
              word(of, "direction", Layer.Recurrent.Direction.class),
              word(of, "says", Layer.Recurrent.Says.class));
      case "positions" -> new Layer.Positions(word(of, "kind", Layer.Positions.Kind.class));
      case "self-attention" -> new Layer.SelfAttention(whole(of, "heads"));
      case "residual" -> new Layer.Residual(readLayers(list(of, "layers")));
      default ->
          throw new IllegalArgumentException(
              "Layer must be one that this release knows, but was " + type);
    };
  }

  private static Object get(Map<?, ?> of, String key) {
    Object value = of.get(key);
    if (value == null) {
      throw new IllegalArgumentException("Description must have " + key + ", but was " + of);
    }
    return value;
  }

  private static List<?> list(Map<?, ?> of, String key) {
    if (get(of, key) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(key + " must be a list, but was " + of.get(key));
  }

  private static double number(Map<?, ?> of, String key) {
    if (get(of, key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(key + " must be a number, but was " + of.get(key));
  }

  private static int whole(Map<?, ?> of, String key) {
    return whole(key, get(of, key));
  }

  private static int whole(String key, Object value) {
    if (value instanceof Number number && number.doubleValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(key + " must be a whole number, but was " + value);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E word(Map<?, ?> of, String key, Class<E> type) {
    String word = String.valueOf(get(of, key));
    for (E value : type.getEnumConstants()) {
      if (word(value).equals(word)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        key + " must be one that this release knows, but was " + word);
  }
}
