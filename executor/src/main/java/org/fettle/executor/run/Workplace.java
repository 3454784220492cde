package org.fettle.executor.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.fettle.executor.checkpoint.RunCheckpoints;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TrialTask;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;

/**
 * What a Spark task has to work with.
 *
 * @param threads native threads it may use
 * @param place where it is, with the devices that it may use
 * @param reporter hears what its runs say on the way
 */
record Workplace(int threads, RunPlace place, Reporter reporter) {
  Workplace {
    requireNonNull(place, "place is null");
    requireNonNull(reporter, "reporter is null");
  }

  RunCheckpoints checkpoints(TrialTask task) {
    return new RunCheckpoints(task.checkpointing(), () -> SparkHadoopUtil.get().conf());
  }

  List<RunResult> train(TrainingPlan plan, List<TrainingRun> runs, RunListener listener) {
    return plan.engine().train(new TrainingJob(runs, threads, place.devices()), listener);
  }
}
