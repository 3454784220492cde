package org.fettle.driver.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.fettle.executor.data.Chunk;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.RowSet;
import org.fettle.executor.run.SpreadRows;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.task.TaskCodec;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.engine.ModelReader;
import org.fettle.optimizers.engine.Predictor;
import org.fettle.optimizers.engine.WeightsFile;
import org.fettle.search.settings.Providers;

/** Predicts rows of chunks where they are. */
final class Scoring implements FlatMapFunction<Iterator<Chunk>, Scoring.Part> {

  private static final long serialVersionUID = 1;

  /** A network's description in the form in which tasks travel. */
  private final byte[] network;

  private final Preprocessing preprocessing;
  private final RowSet rows;
  private final Broadcast<float[]> parameters;

  Scoring(SpreadRows.Beginning beginning, RowSet rows, Broadcast<float[]> parameters) {
    this.network =
        new TaskCodec()
            .encode(
                new TrialTask(
                    "", 0, 0, new Work.Train(beginning.network(), 0, List.of(), List.of())));
    this.preprocessing = beginning.preprocessing();
    this.rows = rows;
    this.parameters = parameters;
  }

  /** The predictions of a chunk's rows. */
  static final class Part implements Serializable {
    private static final long serialVersionUID = 1;
    private final int first;
    private final float[] predictions;

    Part(int first, float[] predictions) {
      this.first = first;
      this.predictions = predictions;
    }
  }

  @Override
  public Iterator<Part> call(Iterator<Chunk> chunks) throws Exception {
    List<Part> parts = new ArrayList<>();
    Predictor predictor = null;
    try {
      while (chunks.hasNext()) {
        Chunk chunk = chunks.next();
        TaskContext.get().killTaskIfInterrupted();
        if (chunk.hasAnyOf(rows)) {
          if (predictor == null) {
            predictor = predictor(chunk.table().task());
          }
          FloatMatrix features = chunk.examples(rows, preprocessing).features();
          parts.add(new Part(chunk.first(), predictor.predict(features).values()));
        }
      }
    } finally {
      if (predictor != null) {
        predictor.close();
      }
    }
    return parts.iterator();
  }

  private Predictor predictor(Task task) throws Exception {
    Work.Network work = ((Work.Train) new TaskCodec().decodeTask(network).work()).network();
    TrainingPlan plan = TrainingPlan.of(work, preprocessing.shape(), task);
    return Providers.named(ModelReader.class, work.engine())
        .read(
            plan.network(),
            plan.training().loss().link(),
            Map.of(WeightsFile.NAME, WeightsFile.encoded(parameters.value())));
  }

  static FloatMatrix joined(List<Part> parts, int rows, int outputs) {
    parts.sort(Comparator.comparingInt(part -> part.first));
    float[] all = new float[Math.multiplyExact(rows, outputs)];
    int at = 0;
    for (Part part : parts) {
      System.arraycopy(part.predictions, 0, all, at, part.predictions.length);
      at += part.predictions.length;
    }
    return new FloatMatrix(rows, outputs, all);
  }
}
