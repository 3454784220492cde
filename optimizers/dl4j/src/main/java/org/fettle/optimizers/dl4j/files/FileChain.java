package org.fettle.optimizers.dl4j.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.loop.Block;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.FirstValues;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Shape;

/** Takes a file's layers, one behind the other, and makes a network of them. */
final class FileChain {

  /** Layers that stand for one of the file, with the first values of each block of theirs. */
  private record Element(String name, List<Layer> layers, List<float[]> values) {}

  private final LayerSettings changes;
  private final Shape input;
  private final List<Element> elements = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private String inputName = "";
  private Shape shape;

  FileChain(LayerSettings changes, Shape input) {
    this.changes = changes;
    this.input = input;
    this.shape = input;
  }

  /** The shape that the layers so far give. */
  Shape shape() {
    return shape;
  }

  /** How the file calls what comes in. */
  void input(String name) {
    inputName = name;
  }

  private String last() {
    return elements.isEmpty() ? inputName : elements.get(elements.size() - 1).name();
  }

  /** Requires that a layer sees the last one alone. */
  void requireChain(String name, List<String> sources) {
    if (!sources.equals(List.of(last()))) {
      throw new IllegalArgumentException(
          "Cannot import layer %s: it must see %s, the one before it, but sees %s; only sums of what a"
                  .formatted(name, last(), String.join(" and ", sources))
              + " layer sees and gives may branch");
    }
  }

  /** Adds a layer that begins as usual. */
  void add(String name, Layer layer) {
    add(name, layer, List.of());
  }

  /**
   * Adds a layer. Images are flattened in front of a dense one.
   *
   * @param values of its blocks, as {@link Layout} has them; none where it begins as usual. Where
   *     the job has changed its size, it begins as usual as well.
   */
  void add(String name, Layer layer, List<float[]> values) {
    names.add(name);
    List<Layer> layers = new ArrayList<>(changes.apply(name, layer));
    if (layer instanceof Layer.Dense && shape instanceof Shape.Image) {
      layers.add(0, new Layer.Flatten());
    }
    List<float[]> all = new ArrayList<>();
    for (Layer each : layers) {
      all.addAll(fitting(Layout.of(each, shape).blocks(), values));
      shape = output(name, each);
    }
    elements.add(new Element(name, layers, all));
  }

  private Shape output(String name, Layer layer) {
    try {
      return layer.output(shape);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Layer " + name + " of the file: " + e.getMessage(), e);
    }
  }

  /** The values where they are those of the blocks, else none. */
  private static List<float[]> fitting(List<Block> blocks, List<float[]> values) {
    boolean fit = values.size() == blocks.size();
    for (int i = 0; fit && i < values.size(); i++) {
      fit = values.get(i).length == blocks.get(i).length();
    }
    return fit ? values : blocks.stream().map(FileChain::none).toList();
  }

  private static float[] none(Block block) {
    float[] none = new float[block.length()];
    Arrays.fill(none, Float.NaN);
    return none;
  }

  /** Adds a sum of what some layers see and what they give. */
  void sum(String name, List<String> sources) {
    String before =
        sources.stream().filter(each -> !each.equals(last())).findFirst().orElse(last());
    int from = before.equals(inputName) ? 0 : indexOf(before) + 1;
    if (sources.size() != 2 || !sources.contains(last()) || from >= elements.size()) {
      throw new IllegalArgumentException(
          "Cannot import layer %s: it must add up two, %s and one before it, but adds up %s"
              .formatted(name, last(), String.join(" and ", sources)));
    }
    List<Element> inner = List.copyOf(elements.subList(from, elements.size()));
    elements.subList(from, elements.size()).clear();
    Layer residual =
        new Layer.Residual(inner.stream().flatMap(each -> each.layers().stream()).toList());
    List<float[]> values = inner.stream().flatMap(each -> each.values().stream()).toList();
    elements.add(new Element(name, List.of(residual), values));
  }

  private int indexOf(String name) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Cannot import what adds to " + name + ", which is in none of the chain's places");
  }

  /**
   * The network, with an output layer for the task.
   *
   * @param output values of the output layer; none where it begins as usual
   */
  NetworkSpec network(Task task, Initialisation initialisation, List<float[]> output) {
    changes.requireUsed(names);
    List<Layer> layers = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    for (Element element : elements) {
      layers.addAll(element.layers());
      values.addAll(element.values());
    }
    if (!(shape instanceof Shape.Features)) {
      layers.add(new Layer.Flatten());
    }
    NetworkSpec network = new NetworkSpec(input, layers, task.outputs(), initialisation);
    List<Block> blocks = Layout.of(network).blocks();
    values.addAll(fitting(blocks.subList(values.size(), blocks.size()), output));
    float[] all = new float[Layout.of(network).length()];
    boolean any = false;
    for (int i = 0; i < blocks.size(); i++) {
      System.arraycopy(values.get(i), 0, all, blocks.get(i).offset(), blocks.get(i).length());
    }
    for (float value : all) {
      any |= !Float.isNaN(value);
    }
    return any ? network.beginningWith(new FirstValues(all)) : network;
  }
}
