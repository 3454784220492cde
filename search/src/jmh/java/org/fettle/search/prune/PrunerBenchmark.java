package org.fettle.search.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of one verdict, averaged over the reports of 16 trials in flight, after many trials of
 * 100 reports each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 3, time = 4)
public class PrunerBenchmark {

  private static final int STEPS = 100;
  private static final int FLYING = 16;

  @Param({"median", "halving", "hyperband", "plateau"})
  public String pruner;

  @Param({"1000", "10000"})
  public int trials;

  private record Question(History history, int number) {}

  private final Random random = new Random(1);
  private final List<Question> questions = new ArrayList<>();
  private Pruner subject;
  private int call;

  @Setup
  public void prepare() {
    subject = Pruners.named(pruner, Map.of());
    SearchSpace space = SearchSpace.of(DoubleParameter.of("x", 0, 1, Scale.LINEAR));
    History history = History.empty(StudySpec.of(space, Goal.minimize("loss"), 1));
    for (int i = 0; i < trials + FLYING; i++) {
      history = history.started(space.assign(any -> random.nextDouble()), "test");
      for (int step = 1; step <= STEPS && i < trials; step++) {
        history = history.reported(i, new Report(0, step, loss()));
      }
      history = i < trials ? history.ended(i, new Outcome.Completed(loss())) : history;
    }
    for (int step = 1; step <= STEPS; step++) {
      for (int i = trials; i < trials + FLYING; i++) {
        history = history.reported(i, new Report(0, step, loss()));
        questions.add(new Question(history, i));
      }
    }
  }

  private org.fettle.search.study.Measurement loss() {
    return org.fettle.search.study.Measurement.of("loss", random.nextDouble());
  }

  @Benchmark
  public Verdict verdict() {
    Question question = questions.get(call++ % questions.size());
    return subject.decide(question.history(), question.history().trial(question.number()));
  }
}
