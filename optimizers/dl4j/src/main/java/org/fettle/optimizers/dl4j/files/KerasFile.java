package org.fettle.optimizers.dl4j.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * A model file of Keras: its configuration, as Keras 2 and 3 write it, and its weights. As text, it
 * is JSON with {@code model} and {@code weights}, the latter by layer with path, shape and numbers.
 */
record KerasFile(JsonNode model, JsonNode weights) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F'};
  private static final String ROOT = "model_weights";

  /** Numbers in a shape, row after row. */
  @SuppressWarnings("ArrayRecordComponent") // compared by no one
  record Tensor(int[] shape, float[] values) {}

  /** Turns a file into text. */
  static String text(byte[] file) {
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (file.length < SIGNATURE.length || file[i] != SIGNATURE[i]) {
        throw new IllegalArgumentException(
            "must be a model of Keras in HDF5, as model.save(\"model.h5\") writes it, but is none");
      }
    }
    try {
      Path copy = Files.createTempFile("fettle-keras", ".h5");
      try {
        Files.write(copy, file);
        return text(copy);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) throws IOException {
    try (Hdf5Archive archive = new Hdf5Archive(file.toString())) {
      if (!archive.hasAttribute("model_config")) {
        throw new IllegalArgumentException(
            "must be a whole model of Keras, as model.save writes it, but has no layers");
      }
      ObjectNode text = JSON.createObjectNode();
      text.set("model", JSON.readTree(archive.readAttributeAsJson("model_config")));
      ObjectNode weights = text.putObject("weights");
      for (String layer : archive.getGroups(ROOT)) {
        read(archive, List.of(ROOT, layer), weights.putArray(layer));
      }
      return JSON.writeValueAsString(text);
    } catch (UnsupportedKerasConfigurationException e) {
      throw new IllegalArgumentException("must be a model of Keras, but is none: " + e, e);
    }
  }

  private static void read(Hdf5Archive archive, List<String> path, ArrayNode into)
      throws UnsupportedKerasConfigurationException {
    String[] groups = path.toArray(String[]::new);
    for (String name : archive.getDataSets(groups)) {
      INDArray values = archive.readDataSet(name, groups);
      ObjectNode tensor = into.addObject();
      tensor.put("path", String.join("/", path.subList(2, path.size())) + "/" + name);
      ArrayNode shape = tensor.putArray("shape");
      for (long size : values.shape()) {
        shape.add(size);
      }
      tensor.put("values", encoded(values.dup('c').data().asFloat()));
    }
    for (String group : archive.getGroups(groups)) {
      read(archive, Stream.concat(path.stream(), Stream.of(group)).toList(), into);
    }
  }

  private static String encoded(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** The file again, of its text. */
  static KerasFile of(String text) {
    try {
      JsonNode file = JSON.readTree(text);
      return new KerasFile(file.path("model"), file.path("weights"));
    } catch (IOException e) {
      throw new IllegalArgumentException("must be the text of a model of Keras, but is none", e);
    }
  }

  /** The configurations of all layers, in order. */
  List<JsonNode> layers() {
    String type = model.path("class_name").asText();
    if (!List.of("Sequential", "Functional", "Model").contains(type)) {
      throw new IllegalArgumentException(
          "must be a Sequential or Functional model of Keras, but is " + type);
    }
    JsonNode config = model.path("config");
    List<JsonNode> layers = new ArrayList<>();
    (config.isArray() ? config : config.path("layers")).forEach(layers::add);
    return layers;
  }

  /** What a layer sees, by the names of other layers; empty in a Sequential model. */
  static List<String> sources(JsonNode layer) {
    List<String> sources = new ArrayList<>();
    collect(layer.path("inbound_nodes"), sources);
    return sources;
  }

  /** In Keras 2, {@code ["name", 0, 0, …]}; in Keras 3, a tensor with its history. */
  private static void collect(JsonNode node, List<String> sources) {
    JsonNode history = node.path("keras_history");
    if (history.isArray()) {
      sources.add(history.path(0).asText());
    } else if (node.isArray() && node.path(0).isTextual() && node.path(1).isInt()) {
      sources.add(node.path(0).asText());
    } else {
      node.forEach(each -> collect(each, sources));
    }
  }

  /** A layer's weights of that name, of those whose path has a part. */
  Optional<Tensor> tensor(String layer, String part, String name) {
    for (JsonNode tensor : weights.path(layer)) {
      String path = tensor.path("path").asText();
      String own = path.substring(path.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
      if (own.equals(name) && path.contains(part)) {
        byte[] bytes = Base64.getDecoder().decode(tensor.path("values").asText());
        float[] values = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        int[] shape = new int[tensor.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
          shape[i] = tensor.path("shape").path(i).asInt();
        }
        return Optional.of(new Tensor(shape, values));
      }
    }
    return Optional.empty();
  }
}
