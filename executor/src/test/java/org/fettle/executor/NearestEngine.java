package org.fettle.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Examples;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Scaling;
import org.fettle.optimizers.engine.Continuation;
import org.fettle.optimizers.engine.Engine;
import org.fettle.optimizers.engine.EpochReport;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.engine.TrainingState;
import org.fettle.optimizers.network.NetworkSpec;
import org.fettle.optimizers.training.LearningRates;
import org.fettle.optimizers.training.TrainingSpec;

/** A fake engine: no network, but the target of the nearest training row; the first of equals. */
public final class NearestEngine implements Engine {

  /** How every run of an engine goes wrong. */
  public enum Fault {
    NONE,
    DIVERGES,
    THROWS,
    MEMORY,
    /** No memory for more than two runs at once. */
    MEMORY_OF_MANY,
    /** Breaks where a run's seed is 13. */
    SEED_13,
    PREDICTS_NAN,
    CANNOT_SAVE
  }

  /** Models that nobody has closed. */
  public static final AtomicInteger OPEN_MODELS = new AtomicInteger();

  /** Of the last run that was trained, how many. */
  public static final AtomicInteger EPOCHS = new AtomicInteger();

  /** Runs that were trained. */
  public static final Collection<TrainingRun> RUNS = new ConcurrentLinkedQueue<>();

  /** How many runs each job had. */
  public static final Collection<Integer> JOBS = new ConcurrentLinkedQueue<>();

  /** Those that the last job was given. */
  public static final List<String> DEVICES = new CopyOnWriteArrayList<>();

  /** Folders that a model was saved into. */
  public static final Collection<Path> FOLDERS = new ConcurrentLinkedQueue<>();

  private final Fault fault;
  private final boolean fuses;

  NearestEngine(Fault fault, boolean fuses) {
    this.fault = fault;
    this.fuses = fuses;
  }

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public List<String> unsupported(NetworkSpec network, TrainingSpec training) {
    return List.of();
  }

  /** Runs of as many epochs share a job, if the engine was told so. */
  @Override
  public Optional<String> fusion(NetworkSpec network, TrainingSpec training) {
    return fuses ? Optional.of(training.epochs() + " epochs") : Optional.empty();
  }

  @Override
  public List<RunResult> train(TrainingJob job, RunListener listener) {
    JOBS.add(job.runs().size());
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Training was interrupted");
    }
    if (fault == Fault.THROWS) {
      throw new IllegalStateException("Cannot train: a fault was asked for");
    }
    if (fault == Fault.MEMORY) {
      throw new IllegalStateException("Cannot train", new OutOfMemoryError("device memory"));
    }
    if (fault == Fault.MEMORY_OF_MANY && job.runs().size() > 2) {
      throw new IllegalStateException("Cannot train", new OutOfMemoryError("device memory"));
    }
    if (fault == Fault.SEED_13 && job.runs().stream().anyMatch(run -> run.seed() == 13)) {
      throw new IllegalStateException("Cannot train seed 13");
    }
    RUNS.addAll(job.runs());
    DEVICES.clear();
    DEVICES.addAll(job.devices());
    return IntStream.range(0, job.runs().size())
        .mapToObj(run -> train(run, job.runs().get(run), listener))
        .toList();
  }

  /** The loss of epoch e is said to be 1/e; the first epoch is the best one to early stopping. */
  private RunResult train(int number, TrainingRun run, RunListener listener) {
    if (fault == Fault.DIVERGES) {
      return new RunResult.Diverged(3, "loss was NaN");
    }
    Model model = new Model(run.training(), run.network().outputs(), fault);
    try {
      return train(number, run, listener, model);
    } catch (Throwable failure) {
      model.close();
      throw failure;
    }
  }

  private static RunResult train(int number, TrainingRun run, RunListener listener, Model model) {
    int epoch = run.start().map(TrainingState::epoch).orElse(0);
    Continuation answer = Continuation.GO_ON;
    while (answer == Continuation.GO_ON && epoch < run.spec().epochs()) {
      epoch++;
      answer =
          listener.epochEnded(
              number,
              new EpochReport(
                  epoch,
                  1.0 / epoch,
                  () -> model.predict(run.validation().orElseThrow().features()),
                  state(epoch)));
    }
    EPOCHS.set(epoch);
    if (answer == Continuation.STOP) {
      model.close();
      return new RunResult.Stopped(epoch);
    }
    boolean stops = run.spec().earlyStopping().isPresent() && run.validation().isPresent();
    return new RunResult.Trained(epoch, stops ? 1 : epoch, model);
  }

  private static Supplier<TrainingState> state(int epoch) {
    return () ->
        new TrainingState(
            epoch,
            new float[] {epoch},
            new TrainingState.Memory(List.of(), new double[0]),
            new LearningRates.State(epoch, 1, 0, 0),
            1e6,
            Optional.empty());
  }

  private static final class Model implements TrainedModel {

    private final Examples training;
    private final int outputs;
    private final Fault fault;
    private boolean open = true;

    Model(Examples training, int outputs, Fault fault) {
      this.training = training;
      this.outputs = outputs;
      this.fault = fault;
      OPEN_MODELS.incrementAndGet();
    }

    @Override
    public FloatMatrix predict(FloatMatrix features) {
      float[] predictions = new float[features.rows() * outputs];
      for (int row = 0; row < features.rows(); row++) {
        float target = training.targets()[nearest(features, row)];
        if (outputs == 1) {
          predictions[row] = target;
        } else {
          predictions[row * outputs + (int) target] = 1;
        }
      }
      if (fault == Fault.PREDICTS_NAN) {
        Arrays.fill(predictions, Float.NaN);
      }
      return new FloatMatrix(features.rows(), outputs, predictions);
    }

    private int nearest(FloatMatrix features, int row) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int other = 0; other < training.rows(); other++) {
        double distance = 0;
        for (int column = 0; column < features.columns(); column++) {
          double difference = features.at(row, column) - training.features().at(other, column);
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          nearest = other;
        }
      }
      return nearest;
    }

    @Override
    public void save(Path directory, Scaling scaling) throws IOException {
      FOLDERS.add(directory);
      Files.writeString(directory.resolve(FILE), scaling.toString());
      if (fault == Fault.CANNOT_SAVE) {
        throw new IOException("Cannot write the model: a fault was asked for");
      }
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        OPEN_MODELS.decrementAndGet();
      }
    }
  }
}
