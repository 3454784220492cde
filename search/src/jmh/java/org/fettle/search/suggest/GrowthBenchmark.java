package org.fettle.search.suggest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
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
 * The time of one suggestion as a study grows: each call reads one trial more that ended. The aims
 * are medians: of {@code tpe} 1 ms at 1,000 trials of 20 parameters and 10 ms at 10,000; of {@code
 * gp} 50 ms at 250 of 10 and 300 ms at 1,000 of 20; of {@code random} 10 µs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class GrowthBenchmark {

  private static final int ROUND = 16;

  /** Floats alone, or floats, integers and categoricals in turn. */
  @Param({"real", "mixed"})
  public String space;

  /** Trials that ended, by parameters. */
  @Param({"250x10", "1000x20", "10000x20"})
  public String study;

  @Param({"random", "tpe", "gp"})
  public String suggester;

  private final List<History> histories = new ArrayList<>();
  private Suggester subject;
  private int call;

  @Setup
  public void prepare() {
    subject = Suggesters.named(suggester);
    int trials = Integer.parseInt(study.split("x")[0]);
    int count = Integer.parseInt(study.split("x")[1]);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parameters.add(parameter("p" + i, space.equals("real") ? 0 : i % 4));
    }
    SearchSpace searched = new SearchSpace(parameters, List.of());
    History history = History.empty(StudySpec.of(searched, Goal.minimize("loss"), 42));
    for (Suggestion each : Suggesters.named("random").suggest(history, trials + ROUND)) {
      double value = each.assignment().number("p0");
      history =
          history
              .started(each.assignment(), each.origin())
              .ended(history.size(), new Outcome.Completed(loss(Math.abs(value - 0.3))));
      if (history.size() >= trials) {
        histories.add(history);
      }
    }
  }

  private static Parameter parameter(String name, int kind) {
    if (kind == 1) {
      return IntegerParameter.of(name, 1, 10, Scale.LINEAR);
    }
    if (kind == 2) {
      return CategoricalParameter.of(name, "a", "b", "c", "d", "e");
    }
    return DoubleParameter.of(name, 1e-4, 1, kind == 3 ? Scale.LOG : Scale.LINEAR);
  }

  private static org.fettle.search.study.Measurement loss(double value) {
    return org.fettle.search.study.Measurement.of("loss", value);
  }

  @Benchmark
  public List<Suggestion> suggestion() {
    call = (call + 1) % histories.size();
    return subject.suggest(histories.get(call), 1);
  }
}
