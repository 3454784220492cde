package org.fettle.optimizers.loop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;

/** A network of an engine with the weights that {@link NetworkModel#save} left. */
public final class SavedNetwork implements Predictor {

  private final NetworkModel model;

  private SavedNetwork(NetworkModel model) {
    this.model = model;
  }

  /**
   * Makes a network as for training, and gives it the weights.
   *
   * @param files with {@value WeightsFile#NAME}
   * @param maker of the engine's networks
   */
  public static SavedNetwork read(
      NetworkSpec network,
      Loss.Link link,
      Map<String, byte[]> files,
      Function<LearnerFactory.Beginning, ? extends EngineNetwork> maker)
      throws IOException {
    float[] weights = WeightsFile.read(files, Layout.of(network).length());
    TrainingRun run = run(network, loss(network, link));
    EngineNetwork made =
        maker.apply(
            new LearnerFactory.Beginning(
                run, run.spec().loss().on(run.training().targets(), network.outputs()), 0));
    made.setParameters(weights);
    return new SavedNetwork(new NetworkModel(run, made));
  }

  /** Networks begin with a run: one of a single row that nobody trains. */
  private static TrainingRun run(NetworkSpec network, Loss loss) {
    FloatMatrix row = new FloatMatrix(1, network.inputs(), new float[network.inputs()]);
    return TrainingRun.of(
        network,
        TrainingSpec.of(new Updater.Sgd(1, 0), loss, 1, 1),
        new Examples(row, new float[1]),
        0);
  }

  /** A loss with that link. */
  private static Loss loss(NetworkSpec network, Loss.Link link) {
    return switch (requireNonNull(link, "link is null")) {
      case SOFTMAX -> Loss.of(new Task.Classification(network.outputs()));
      case IDENTITY -> new Loss.MeanSquaredError();
      case EXP -> new Loss.Poisson();
    };
  }

  @Override
  public FloatMatrix predict(FloatMatrix features) {
    return model.predict(features);
  }

  @Override
  public void close() {
    model.close();
  }
}
