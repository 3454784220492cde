package org.fettle.optimizers.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.fettle.optimizers.engine.Exchange;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.loop.Layout;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layers;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Clipping;
import org.fettle.optimizers.training.Regularisation;
import org.fettle.optimizers.training.Schedule;
import org.fettle.optimizers.training.TrainingSpec;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * A network that Deeplearning4j's own {@code fit} trains, so that what trains across processes by
 * that library can: its layers, with our loss, updater, schedule and penalties in them. For one
 * thread.
 */
public final class ShippedNetwork implements AutoCloseable {

  private final NetworkSpec network;
  private final TrainingSpec spec;
  private final ComputationGraph graph;
  private final Mapping mapping;
  private final int length;

  /**
   * A network with first weights: those that every engine begins with.
   *
   * @param training the settings that {@code spec} was made of
   * @param counts of each class how many training rows it has; none for a regression
   * @param seed of the first weights
   */
  public ShippedNetwork(
      NetworkSpec network,
      TrainingSpec spec,
      Map<String, Object> training,
      int[] counts,
      Schedule.Span span,
      long seed) {
    this.network = network;
    this.spec = spec;
    ShippedTraining shipped = new ShippedTraining(training, counts, span);
    Layout layout = Layout.of(network);
    this.length = layout.length();
    OutputLayer output =
        new OutputLayer.Builder(new ShippedLoss(shipped))
            .activation(new ActivationIdentity())
            .build();
    Translation translation = new Translation(network, layout, output);
    ComputationGraphConfiguration configuration =
        Graphs.configuration(translation, Graphs.builder().updater(new ShippedUpdater(shipped)));
    penalise(configuration, spec);
    graph = new ComputationGraph(configuration);
    graph.init();
    mapping = Graphs.mapping(translation, graph);
    setParameters(layout.initial(network, Shipping.weights(network, spec, seed)));
    graph.getUpdater(true);
  }

  /** By hand: the builder's own weightDecay comes to be applied twice, and without l2. */
  private static void penalise(ComputationGraphConfiguration configuration, TrainingSpec spec) {
    Regularisation penalty = spec.regularisation();
    double decay = spec.updater().weightDecay() + penalty.weightDecay();
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof BaseLayer base) {
        List<Regularization> all = new ArrayList<>();
        if (penalty.l1() > 0) {
          all.add(new L1Regularization(penalty.l1()));
        }
        if (penalty.l2() > 0) {
          all.add(new L2Regularization(penalty.l2()));
        }
        if (decay > 0) {
          all.add(new WeightDecay(decay, true));
        }
        base.setRegularization(all);
      }
    }
  }

  /** What cannot be said to Deeplearning4j's {@code fit}, with what comes nearest. */
  static List<String> unsupported(NetworkSpec network, TrainingSpec training, Exchange exchange) {
    List<String> unsupported = new ArrayList<>();
    if (training.updater().takesAllRows()) {
      unsupported.add(
          "gradient-descent takes all rows in one step, and no worker has them all; the nearest is"
              + " sgd with a large batch-size");
    }
    if (training.clipping() instanceof Clipping.Norm) {
      unsupported.add("clip: norm is not known across executors; the nearest is clip: value");
    }
    if (training.regularisation().maxNorm() > 0) {
      unsupported.add("max-norm is not known across executors; the nearest is weight-decay");
    }
    if (training.regularisation().noise() > 0) {
      unsupported.add("noise is not known across executors; the nearest is dropout");
    }
    if (training.replicas().count() > 1 || training.replicas().averageEvery().isPresent()) {
      unsupported.add(
          "replicas and averaging-frequency are those of one executor; the nearest are workers and"
              + " every of placement");
    }
    if (Layers.any(network.layers(), ShippedNetwork::hasFixedNumbers)) {
      unsupported.add(
          "layer-normalisation and positions hold numbers that Deeplearning4j's fit would change;"
              + " the nearest is batch-normalisation");
    }
    if (exchange == Exchange.GRADIENTS) {
      unsupported.add(
          "exchange: gradients does not come to trained parameters with Deeplearning4j; the nearest"
              + " are engine torch, or exchange: averaging with a small every");
    }
    return List.copyOf(unsupported);
  }

  private static boolean hasFixedNumbers(Layer layer) {
    return layer instanceof Layer.LayerNormalisation || layer instanceof Layer.Positions;
  }

  /** What is trained. Its parameters are Deeplearning4j's. */
  public ComputationGraph graph() {
    return graph;
  }

  /** A copy of the parameters, as {@link Layout} has them. */
  public float[] parameters() {
    INDArray params = graph.params();
    float[] all = new float[(int) params.length()];
    Floats.get(params, 'c', all, 0);
    float[] own = new float[length];
    mapping.toOwn(all, own);
    return own;
  }

  /** Copies parameters in. */
  public void setParameters(float[] values) {
    Floats.put(mapping.toDeeplearning4j(values), 0, graph.params());
  }

  /** A copy of what the updater keeps. */
  public float[] memory() {
    INDArray view = graph.getUpdater(true).getStateViewArray();
    float[] memory = new float[(int) view.length()];
    Floats.get(view, 'c', memory, 0);
    return memory;
  }

  /** Copies what the updater kept in. */
  public void setMemory(float[] memory) {
    Floats.put(memory, 0, graph.getUpdater(true).getStateViewArray());
  }

  /** By which a plateau multiplies the learning rate from here on. */
  public void factor(double factor) {
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer base) {
        for (Object updater : new Object[] {base.getIUpdater(), base.getBiasUpdater()}) {
          if (updater instanceof ShippedUpdater ours) {
            ours.factor(factor);
          }
        }
      }
    }
  }

  /** The model with these parameters. The caller closes it. */
  public TrainedModel model(float[] values) {
    return new ShippedModel(network, spec, values);
  }

  @Override
  public void close() {
    for (INDArray array :
        new INDArray[] {graph.params(), graph.getUpdater(true).getStateViewArray()}) {
      if (array != null && array.closeable()) {
        array.close();
      }
    }
    Workspaces.free();
  }
}
