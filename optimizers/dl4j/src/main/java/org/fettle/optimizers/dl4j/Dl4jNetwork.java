package org.fettle.optimizers.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.loop.GradientNetwork;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.loop.LearnerFactory;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.ParameterBlock;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A graph of Deeplearning4j's layers that gives gradients. It is driven step by step: {@code fit}
 * would wrap each batch, keep its own counts and step by itself. In an epoch it belongs to one
 * thread, of which it uses the workspaces and the generator of random numbers.
 */
final class Dl4jNetwork implements GradientNetwork {

  /** Rows predicted at once, which bounds the memory of a prediction. */
  private static final int MOST_ROWS = 1024;

  private static final int MOST_INPUTS = 1 << 18;

  private final Devices devices;
  private final int replica;
  private final NetworkSpec network;
  private final Loss loss;
  private final Layout layout;
  private final ComputationGraph graph;
  private final Mapping mapping;
  private final SumsLoss sumsLoss;
  private final Inputs inputs;
  private final float[] own;
  private final float[] all;
  private final Map<Integer, INDArray> labels = new TreeMap<>();

  /**
   * A network with first weights, on the GPU of its replica.
   *
   * @param replica its number among the networks of the run
   */
  Dl4jNetwork(LearnerFactory.Beginning beginning, Devices devices, int replica) {
    this.devices = devices;
    this.replica = replica;
    devices.attach(replica);
    network = beginning.run().network();
    loss = beginning.run().spec().loss();
    layout = Layout.of(network);
    OutputLayer output =
        new OutputLayer.Builder(new LossMSE()).activation(new ActivationIdentity()).build();
    Translation translation = new Translation(network, layout, output);
    graph = new ComputationGraph(Graphs.configuration(translation));
    graph.init();
    graph.initGradientsView();
    mapping = Graphs.mapping(translation, graph);
    sumsLoss = new SumsLoss(beginning.loss());
    ((BaseOutputLayer) graph.getLayer(Translation.OUTPUT).conf().getLayer()).setLossFn(sumsLoss);
    boolean flat = !network.layers().isEmpty() && network.layers().get(0) instanceof Layer.Flatten;
    inputs = new Inputs(network.input(), flat);
    own = layout.initial(network, beginning.weights());
    all = mapping.toDeeplearning4j(own);
    Floats.put(all, 0, graph.params());
  }

  @Override
  public List<ParameterBlock> blocks() {
    return layout.described();
  }

  @Override
  public float[] parameters() {
    return own.clone();
  }

  @Override
  public void setParameters(float[] values) {
    System.arraycopy(values, 0, own, 0, own.length);
    mapping.toDeeplearning4j(own, all);
    Floats.put(all, 0, graph.params());
  }

  @Override
  public void begin(SplittableRandom random) {
    devices.attach(replica);
    // Dropout draws from the thread's own generator, which other runs use too.
    Nd4j.getRandom().setSeed(random.nextLong());
  }

  @Override
  public double gradient(Rows rows, float[] result) {
    sumsLoss.expect(rows.targets(), rows.ofBatch());
    Inputs.Input input = inputs.of(rows.features(), 0, rows.count());
    graph.setInput(0, input.features());
    graph.setLabels(labels.computeIfAbsent(rows.count(), this::labels));
    graph.setLayerMaskArrays(masks(input), null);
    graph.computeGradientAndScore();
    float[] gradients = new float[all.length];
    Floats.get(graph.getFlattenedGradients(), 'c', gradients, 0);
    mapping.toOwn(gradients, result);
    return sumsLoss.lossOfStep();
  }

  /** Deeplearning4j wants some; the loss has its own. */
  private INDArray labels(int rows) {
    return Nd4j.create(rows, network.outputs());
  }

  private static INDArray @Nullable [] masks(Inputs.Input input) {
    return input.mask().map(mask -> new INDArray[] {mask}).orElse(null);
  }

  @Override
  public float[] sums(FloatMatrix features) {
    int columns = features.columns();
    int outputs = network.outputs();
    float[] values = features.values().clone();
    float[] sums = new float[Math.multiplyExact(features.rows(), outputs)];
    int block = Math.min(MOST_ROWS, Math.max(1, MOST_INPUTS / columns));
    for (int row = 0; row < features.rows(); row += block) {
      int rows = Math.min(block, features.rows() - row);
      Inputs.Input input = inputs.of(values, row, rows);
      try (INDArray output = output(input)) {
        Floats.get(output, 'c', sums, row * outputs);
      }
    }
    return sums;
  }

  private INDArray output(Inputs.Input input) {
    // Else it takes the rows to be as many as those of the last step.
    graph.setLabels((INDArray[]) null);
    return graph.output(false, new INDArray[] {input.features()}, masks(input), null)[0];
  }

  @Override
  public void save(Path directory, Scaling scaling) throws IOException {
    Dl4jFiles.write(directory, network, loss, own, scaling);
  }

  /** Not {@link ComputationGraph#close}, which collects all of Java's garbage each time. */
  @Override
  public void close() {
    inputs.close();
    labels.values().forEach(INDArray::close);
    labels.clear();
    close(graph.getFlattenedGradients());
    close(graph.params());
    Workspaces.free();
  }

  private static void close(@Nullable INDArray array) {
    if (array != null && array.closeable()) {
      array.close();
    }
  }
}
