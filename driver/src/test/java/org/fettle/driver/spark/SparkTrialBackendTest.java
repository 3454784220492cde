package org.fettle.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.fettle.driver.study.TrialBackend;
import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparkTrialBackendTest {

  /** Squares its number. */
  public static final class Square implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      return Measurement.of("loss", trial.number("x") * trial.number("x"));
    }
  }

  /** Waits until it is interrupted. */
  public static final class Endless implements Objective {

    static final Semaphore BEGUN = new Semaphore(0);

    @Override
    public Measurement evaluate(TrialContext trial) throws InterruptedException {
      BEGUN.release();
      new CountDownLatch(1).await();
      throw new AssertionError("must not be reached");
    }
  }

  /** Says where it is, and waits until it is interrupted. */
  public static final class Endlessly implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) throws InterruptedException {
      trial.report(1, Measurement.of("loss", 0.5));
      trial.report(2, Measurement.of("loss", 0.25));
      new CountDownLatch(1).await();
      throw new AssertionError("must not be reached");
    }
  }

  /** Says its number, and waits until it may go on. */
  public static final class Reporting implements Objective {

    static final Semaphore GO_ON = new Semaphore(0);

    @Override
    public Measurement evaluate(TrialContext trial) throws InterruptedException {
      Measurement measurement = Measurement.of("loss", trial.number("x"));
      trial.report(1, measurement);
      GO_ON.acquire();
      return measurement;
    }
  }

  private record Heard(int trial, int run, TaskResult result) {}

  private record Said(int trial, Report report) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private TrialBackend backend;

  @BeforeEach
  void setUp() {
    backend =
        new SparkTrialBackend(
            JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext()),
            "test",
            Optional.empty());
  }

  @AfterEach
  void tearDown() {
    backend.close();
  }

  /** Each run a task of its own. */
  private void submit(int trial, Class<? extends Objective> objective, int runs) {
    for (int run = 0; run < runs; run++) {
      submit("trial " + trial, List.of(task(trial, objective, run)), run);
    }
  }

  private static TrialTask task(int trial, Class<? extends Objective> objective, int x) {
    Work work = new Work.Evaluate(objective.getName(), Map.of("x", (double) x));
    return new TrialTask("test", trial, 1, work);
  }

  /** Runs of one task, counted from a number. */
  private void submit(String description, List<TrialTask> tasks, int first) {
    backend.submit(
        description,
        tasks,
        new TrialBackend.Results() {
          @Override
          public void runBegan(int run) {
            begun.add(tasks.get(run).trial() + "/" + (first + run));
          }

          @Override
          public void reported(int trial, Report report) {
            said.add(new Said(trial, report));
          }

          @Override
          public void runEnded(int run, TaskResult result) {
            heard.add(new Heard(tasks.get(run).trial(), first + run, result));
          }
        });
  }

  private Heard next() throws InterruptedException {
    Heard next = heard.poll(60, TimeUnit.SECONDS);
    assertThat(next).as("a result within a minute").isNotNull();
    return next;
  }

  @Test
  void tellsOfEachRunByItsPlace() throws InterruptedException {
    submit(4, Square.class, 3);

    for (int run = 0; run < 3; run++) {
      Heard each = next();
      assertThat(each.trial()).isEqualTo(4);
      assertThat(each.result())
          .isInstanceOfSatisfying(
              TaskResult.Scored.class,
              scored ->
                  assertThat(scored.measurement())
                      .isEqualTo(Measurement.of("loss", each.run() * each.run())));
    }
    assertThat(backend.slots()).isEqualTo(1);
  }

  @Test
  void showsTheTrialOfEachJobInSparksPages() throws Exception {
    submit(5, Square.class, 2);
    next();
    next();

    SparkContext spark = TestSpark.session().sparkContext();
    spark.listenerBus().waitUntilEmpty();
    int[] jobs = spark.statusTracker().getJobIdsForGroup("fettle/test/5");
    assertThat(jobs).hasSize(2);
    for (int job : jobs) {
      assertThat(spark.statusStore().job(job).description().get()).isEqualTo("trial 5");
    }
  }

  @Test
  void tellsWhenARunBegins() throws InterruptedException {
    submit(6, Square.class, 2);

    assertThat(begun.poll(60, TimeUnit.SECONDS)).startsWith("6/");
    assertThat(begun.poll(60, TimeUnit.SECONDS)).startsWith("6/");
  }

  @Test
  void tellsWhatARunReportsWhileItRuns() throws InterruptedException {
    submit(7, Endlessly.class, 1);

    assertThat(said.poll(60, TimeUnit.SECONDS))
        .isEqualTo(new Said(7, new Report(0, 1, Measurement.of("loss", 0.5))));
    assertThat(said.poll(60, TimeUnit.SECONDS))
        .isEqualTo(new Said(7, new Report(0, 2, Measurement.of("loss", 0.25))));
    assertThat(heard).isEmpty();

    backend.cancel(7);
    assertThat(next().result())
        .isInstanceOfSatisfying(
            TaskResult.Failed.class,
            failed -> assertThat(failed.code()).isEqualTo(FailureCode.CANCELLED));
  }

  @Test
  void cancelsOneTrialAlone() throws InterruptedException {
    submit(1, Endless.class, 2);
    assertThat(Endless.BEGUN.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    submit(2, Square.class, 1);

    backend.cancel(1);

    int cancelled = 0;
    for (int i = 0; i < 3; i++) {
      Heard each = next();
      if (each.trial() == 1) {
        cancelled++;
        assertThat(each.result())
            .isInstanceOfSatisfying(
                TaskResult.Failed.class,
                failed -> assertThat(failed.code()).isEqualTo(FailureCode.CANCELLED));
      } else {
        assertThat(each.result()).isInstanceOf(TaskResult.Scored.class);
      }
    }
    assertThat(cancelled).isEqualTo(2);
    assertThat(heard).isEmpty();
  }

  @Test
  void runsOfATaskEndOneByOneAndACancelledTrialLeavesTheOthers() throws Exception {
    submit(
        "trials 8, 9",
        List.of(task(8, Reporting.class, 3), task(9, Reporting.class, 4), task(9, Square.class, 5)),
        0);
    assertThat(said.poll(60, TimeUnit.SECONDS))
        .isEqualTo(new Said(8, new Report(0, 1, Measurement.of("loss", 3))));

    backend.cancel(9);

    for (int run = 1; run <= 2; run++) {
      assertThat(next())
          .isEqualTo(
              new Heard(9, run, new TaskResult.Failed(FailureCode.CANCELLED, "Cancelled", "")));
    }
    assertThat(heard).isEmpty();
    Reporting.GO_ON.release(2); // The executor hears of the other when that one reports.
    Heard last = next();
    assertThat(last.trial()).isEqualTo(8);
    assertThat(last.result()).isInstanceOf(TaskResult.Scored.class);
    assertThat(begun).containsExactly("8/0", "9/1", "9/2");
    SparkContext spark = TestSpark.session().sparkContext();
    spark.listenerBus().waitUntilEmpty();
    assertThat(spark.statusTracker().getJobIdsForGroup("fettle/test/8+9")).isNotEmpty();
  }

  @Test
  void endsATaskWhenAllItsTrialsAreCancelled() throws Exception {
    submit("trials 8, 9", List.of(task(8, Endless.class, 3), task(9, Endless.class, 4)), 0);
    assertThat(Endless.BEGUN.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

    backend.cancel(9);
    backend.cancel(8);

    assertThat(List.of(next().trial(), next().trial())).containsExactly(9, 8);
    submit(1, Square.class, 1);
    assertThat(next().result()).isInstanceOf(TaskResult.Scored.class);
  }
}
