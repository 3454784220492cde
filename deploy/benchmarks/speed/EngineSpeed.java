import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EngineProvider;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.network.Activation;
import org.fettle.optimizers.network.Initialisation;
import org.fettle.optimizers.network.Layer;
import org.fettle.optimizers.network.Layer.Recurrent.Cell;
import org.fettle.optimizers.network.Layer.Recurrent.Direction;
import org.fettle.optimizers.network.Layer.Recurrent.Says;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.network.Padding;
import org.fettle.optimizers.network.Pooling;
import org.fettle.optimizers.network.Shape;
import org.fettle.optimizers.training.Loss;
import org.fettle.optimizers.training.TrainingSpec;
import org.fettle.optimizers.training.Updater;
import org.fettle.search.settings.Providers;
import org.fettle.search.settings.Settings;

/** Prints a line "name millis" for the quickest epoch of each network's steps. */
final class EngineSpeed {

  private EngineSpeed() {}

  public static void main(String[] args) {
    EngineProvider provider = Providers.named(EngineProvider.class, args[0]);
    Engine engine = provider.create(Settings.of(provider.settings(), Map.of()));
    int epochs = Integer.parseInt(args[1]);
    time(engine, epochs, "mlp-64-128-10-b32", 32, 100, mlp(64, 128));
    time(engine, epochs, "mlp-64-128-10-b256", 256, 50, mlp(64, 128));
    time(engine, epochs, "mlp-784-512-256-10-b128", 128, 10, mlp(784, 512, 256));
    time(engine, epochs, "lenet-28x28-b64", 64, 4, leNet());
    time(engine, epochs, "lstm-32x16-64-b32", 32, 10, lstm());
  }

  private static NetworkSpec mlp(int inputs, int... units) {
    List<Layer> layers =
        Arrays.stream(units).<Layer>mapToObj(n -> new Layer.Dense(n, Activation.RELU)).toList();
    return new NetworkSpec(inputs, layers, 10, Initialisation.HE);
  }

  private static NetworkSpec leNet() {
    Layer pool = new Layer.Pool(Pooling.MAX, 2, 2, Padding.VALID);
    return new NetworkSpec(
        new Shape.Image(1, 28, 28),
        List.of(
            new Layer.Convolution(20, 5, 1, Padding.VALID, Activation.RELU),
            pool,
            new Layer.Convolution(50, 5, 1, Padding.VALID, Activation.RELU),
            pool,
            new Layer.Flatten(),
            new Layer.Dense(500, Activation.RELU)),
        10,
        Initialisation.HE);
  }

  private static NetworkSpec lstm() {
    Layer layer = new Layer.Recurrent(Cell.LSTM, 64, Direction.FORWARD, Says.AT_THE_END);
    return new NetworkSpec(
        new Shape.Sequence(32, 16), List.of(layer), 10, Initialisation.XAVIER);
  }

  private static void time(
      Engine engine, int epochs, String name, int batchSize, int steps, NetworkSpec network) {
    SplittableRandom random = new SplittableRandom(1);
    int rows = batchSize * steps;
    float[] features = new float[rows * network.inputs()];
    float[] targets = new float[rows];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextDouble(-1, 1);
    }
    for (int row = 0; row < rows; row++) {
      targets[row] = random.nextInt(10);
    }
    Examples examples =
        new Examples(new FloatMatrix(rows, network.inputs(), features), targets);
    Updater adam = new Updater.Adam(0.001, 0.9, 0.999, 1e-8);
    TrainingSpec spec =
        TrainingSpec.of(adam, Loss.of(new Task.Classification(10)), batchSize, epochs);
    TrainingRun run = TrainingRun.of(network, spec, examples, 1);
    long[] ended = {System.nanoTime()};
    double[] best = {Double.POSITIVE_INFINITY};
    engine.train(
        new TrainingJob(List.of(run), 1),
        (index, report) -> {
          long now = System.nanoTime();
          best[0] = Math.min(best[0], (now - ended[0]) / 1e6 / steps);
          ended[0] = now;
          return Continuation.GO_ON;
        });
    System.out.printf(Locale.ROOT, "%s %.4f%n", name, best[0]);
  }
}
