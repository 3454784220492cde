package org.fettle.search.suggest;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
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
 * The time of one suggestion in a space of ten parameters of all kinds, after some completed
 * trials. The median is the figure to read: it is little moved by what else the machine does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SuggesterBenchmark {

  @Param({"random", "grid"})
  public String suggester;

  @Param({"0", "1000"})
  public int trials;

  private Suggester subject;
  private History history;

  @Setup
  public void prepare() {
    SearchSpace space =
        SearchSpace.of(
            DoubleParameter.of("momentum", -1, 1, Scale.LINEAR),
            DoubleParameter.of("rate", 1e-5, 1, Scale.LOG),
            DoubleParameter.stepped("dropout", 0, 0.5, 0.1),
            IntegerParameter.of("layers", -3, 3, Scale.LINEAR),
            IntegerParameter.of("units", 1, 1024, Scale.LOG),
            IntegerParameter.stepped("width", 8, 60, 8),
            CategoricalParameter.of("updater", "adam", "sgd", "rmsprop"),
            CategoricalParameter.of("bias", true, false),
            CategoricalParameter.of("norm", 1, 2, 0.5),
            OrdinalParameter.of("batch", 32, 64, 128, 256));
    history = History.empty(StudySpec.of(space, Goal.minimize("loss"), 42));
    subject = Suggesters.named(suggester);
    Suggester random = Suggesters.named("random");
    for (Suggestion each : random.suggest(history, trials)) {
      int number = history.size();
      double rate = Math.log10(each.assignment().number("rate")) + 3;
      history =
          history
              .started(each.assignment(), each.origin())
              .ended(number, new Outcome.Completed(loss(rate * rate)));
    }
  }

  private static org.fettle.search.study.Measurement loss(double value) {
    return org.fettle.search.study.Measurement.of("loss", value);
  }

  @Benchmark
  public List<Suggestion> suggestion() {
    return subject.suggest(history, 1);
  }
}
